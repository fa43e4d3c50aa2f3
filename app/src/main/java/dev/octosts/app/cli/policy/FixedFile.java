package dev.octosts.app.cli.policy;

import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.PolicyLinter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A policy file with all automatic fixes applied. A fix is automatic when it needs no decision of a person. */
final class FixedFile {

    /** A limit, because one fix may uncover another fault: a fault of the YAML hides all others. */
    private static final int MAX_ROUNDS = 20;

    private final byte[] file;
    private final List<String> codes;

    private FixedFile(byte[] file, Set<String> codes) {
        this.file = file;
        this.codes = List.copyOf(new TreeSet<>(codes));
    }

    /** The file without any fix. */
    static FixedFile not(byte[] file) {
        return new FixedFile(file, Set.of());
    }

    /** Applies fixes until none is left. */
    static FixedFile of(byte[] file, FileContext context) {
        var codes = new TreeSet<String>();
        byte[] fixed = file;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Diagnostic> mechanical = PolicyLinter.lint(fixed, context).stream()
                    .filter(diagnostic ->
                            diagnostic.fix().map(Fix::isMechanical).orElse(false))
                    .toList();
            byte[] next = Fix.apply(
                    fixed,
                    mechanical.stream()
                            .flatMap(diagnostic -> diagnostic.fix().stream())
                            .toList());
            if (mechanical.isEmpty() || Arrays.equals(next, fixed)) {
                break;
            }
            mechanical.forEach(diagnostic -> codes.add(diagnostic.code().id()));
            fixed = next;
        }
        return new FixedFile(fixed, codes);
    }

    byte[] file() {
        return file;
    }

    /** The codes of the fixed faults, sorted; empty when the file is unchanged. */
    List<String> codes() {
        return codes;
    }
}
