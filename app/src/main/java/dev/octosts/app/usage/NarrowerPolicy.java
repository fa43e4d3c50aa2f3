package dev.octosts.app.usage;

import dev.octosts.policy.Level;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.yaml.YamlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a policy with fewer permissions. Comments and layout of everything else stay. It is read as a policy of an
 * organization, which may have all that a repository's may have.
 */
public final class NarrowerPolicy {

    private static final String SECTION = "permissions";

    private NarrowerPolicy() {}

    /**
     * The file without some permissions, and with others at a lower level. Permissions that are not named stay.
     *
     * @param unused what it need not have
     * @param narrower levels that are enough
     * @return empty when the file is not written in a form in which single lines can be changed, or when nothing would
     *     be left: a policy needs a permission
     */
    public static Optional<byte[]> of(byte[] file, Set<String> unused, Map<String, Level> narrower) {
        if (!(TrustPolicy.read(file, PolicyKind.ORGANIZATION) instanceof TrustPolicy.Reading.Valid(var before))) {
            return Optional.empty();
        }
        var wanted = new TreeMap<>(before.grant().permissions());
        wanted.keySet().removeAll(unused);
        narrower.forEach((name, level) -> wanted.computeIfPresent(name, (_, _) -> level));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        var edits = new ArrayList<Fix.Edit>();
        for (YamlSource entry : YamlSource.in(file)) {
            if (!entry.section().equals(SECTION)) {
                continue;
            }
            Level level = wanted.get(entry.name());
            if (level == null) {
                edits.add(withoutLine(file, entry));
            } else if (!entry.text().equals(level.wireName())) {
                edits.add(new Fix.Edit(
                        entry.value().start().offset(), entry.value().end().offset(), level.wireName()));
            }
        }
        byte[] changed = file;
        // One after the other, from the end on: lines that follow each other touch.
        for (Fix.Edit edit : edits.reversed()) {
            changed = Fix.apply(changed, List.of(new Fix("", List.of(edit))));
        }
        return differs(before, changed, wanted) ? Optional.of(changed) : Optional.empty();
    }

    /** The line of an entry. A line with something else on it would take that along; the check at the end sees it. */
    private static Fix.Edit withoutLine(byte[] file, YamlSource entry) {
        String text = new String(file, StandardCharsets.UTF_8);
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        int start = entry.key().start().offset() - (entry.key().start().column() - 1);
        int lineEnd = plain.indexOf(
                '\n', plain.offsetByCodePoints(0, entry.value().end().offset()));
        return new Fix.Edit(start, plain.codePointCount(0, lineEnd < 0 ? plain.length() : lineEnd + 1), "");
    }

    /** Whether the new file is the old one with these permissions, and in nothing else another one. */
    private static boolean differs(TrustPolicy before, byte[] file, Map<String, Level> wanted) {
        return TrustPolicy.read(file, PolicyKind.ORGANIZATION) instanceof TrustPolicy.Reading.Valid(var after)
                && after.grant().permissions().equals(wanted)
                && others(after).equals(others(before));
    }

    private static Map<String, Object> others(TrustPolicy policy) {
        var keys = new HashMap<>(policy.keys());
        keys.remove(SECTION);
        return keys;
    }
}
