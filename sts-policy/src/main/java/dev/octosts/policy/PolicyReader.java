package dev.octosts.policy;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.yaml.Faults;
import dev.octosts.policy.yaml.YamlFile;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns bytes into a policy. It checks the form first, then the meaning, and reports the faults of both together. */
final class PolicyReader {
    private PolicyReader() {}

    static TrustPolicy.Reading read(byte[] file, PolicyKind kind) {
        var form = new Faults();
        Node root = YamlFile.root(file, form);
        if (!form.isEmpty()) {
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        if (root == null || root.getTag().equals(Tag.NULL)) {
            var empty = new Faults();
            empty.at(
                    Position.START,
                    DiagnosticCode.EMPTY_FILE,
                    "the file is empty; a policy has at least issuer, subject and permissions");
            return new TrustPolicy.Reading.Invalid(empty.inFileOrder());
        }
        if (!(root instanceof MappingNode mapping)) {
            form.at(
                    root,
                    DiagnosticCode.NO_MAPPING,
                    "a policy is a mapping of keys to values, found a list or plain text");
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        return compile(PolicyParser.parse(mapping, kind, form), form, file.length);
    }

    private static TrustPolicy.Reading compile(PolicyParser.ParsedPolicy draft, Faults form, int size) {
        var meaning = new Faults();
        TrustPolicy policy = new PolicyCompiler(draft, meaning).compile(size);
        if (!form.isEmpty()) {
            meaning.inFileOrder().forEach(form::add);
            return new TrustPolicy.Reading.Unparsable(form.inFileOrder());
        }
        if (policy == null || !meaning.isEmpty()) {
            return new TrustPolicy.Reading.Invalid(meaning.inFileOrder());
        }
        return new TrustPolicy.Reading.Valid(policy);
    }
}
