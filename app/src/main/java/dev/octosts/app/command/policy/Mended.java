package dev.octosts.app.command.policy;

import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.PolicyLinter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A file with the fixes applied that need nobody's judgement. */
final class Mended {

    /** One fix may uncover another, such as that of a fault of the YAML all others. */
    private static final int MAX_ROUNDS = 20;

    private final byte[] file;
    private final List<String> codes;

    private Mended(byte[] file, Set<String> codes) {
        this.file = file;
        this.codes = List.copyOf(new TreeSet<>(codes));
    }

    /** The file as it is. */
    static Mended not(byte[] file) {
        return new Mended(file, Set.of());
    }

    /** Applies fixes until there are none. */
    static Mended of(byte[] file, FileContext context) {
        var codes = new TreeSet<String>();
        byte[] mended = file;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Diagnostic> mechanical = PolicyLinter.lint(mended, context).stream()
                    .filter(diagnostic ->
                            diagnostic.fix().map(Fix::isMechanical).orElse(false))
                    .toList();
            byte[] next = Fix.apply(
                    mended,
                    mechanical.stream()
                            .flatMap(diagnostic -> diagnostic.fix().stream())
                            .toList());
            if (mechanical.isEmpty() || Arrays.equals(next, mended)) {
                break;
            }
            mechanical.forEach(diagnostic -> codes.add(diagnostic.code().id()));
            mended = next;
        }
        return new Mended(mended, codes);
    }

    byte[] file() {
        return file;
    }

    /** What was fixed, sorted; empty when the file is as it was. */
    List<String> codes() {
        return codes;
    }
}
