package dev.octosts.webhook.review.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes in Markdown the result of a review: every fault first, then the meaning of the change. */
public final class Summary {

    /** GitHub takes 65535 characters. Counting bytes is always on the safe side. */
    private static final int LONGEST = 65_000;

    private static final int LONGEST_OF_FAULTS = 50_000;
    private static final int LONGEST_LINE = 1_000;
    private static final int ROOM_FOR_THE_END = 200;

    private Summary() {}

    public static String title(boolean passed) {
        return passed ? "Valid trust policy." : "Invalid trust policy.";
    }

    /**
     * The summary.
     *
     * @param findings the findings, in path order
     * @param descriptions the meaning of each file, in Markdown
     */
    public static String of(List<FileReview> findings, List<String> descriptions) {
        var text = new BoundedText(LONGEST - ROOM_FOR_THE_END);
        List<FileReview> faulty = findings.stream().filter(FileReview::isFaulty).toList();
        if (faulty.isEmpty()) {
            text.add(findings.size() == 1 ? "The file is valid.\n" : "All " + findings.size() + " files are valid.\n");
        } else {
            text.add("%d of %d files do not pass.\n\n".formatted(faulty.size(), findings.size()));
            text.add(faults(faulty));
        }
        long warnings = findings.stream()
                .flatMap(finding -> finding.remarks().stream())
                .filter(remark -> !remark.isFault())
                .count();
        if (warnings > 0) {
            text.add("\n"
                    + (warnings == 1
                            ? "1 warning or hint stands at its line.\n"
                            : warnings + " warnings and hints stand at their lines.\n"));
        }
        String end = addMeanings(descriptions, text);
        return text + end;
    }

    private static String faults(List<FileReview> faulty) {
        List<String> all = faulty.stream().flatMap(Summary::faults).toList();
        var shown = new ArrayList<String>();
        var limit = new BoundedText(LONGEST_OF_FAULTS);
        all.stream().takeWhile(line -> limit.add(line + "\n")).forEach(shown::add);
        String block = Markdown.block(shown);
        return shown.size() == all.size()
                ? block
                : block + "\n… and " + (all.size() - shown.size()) + " more faults, each at its line.\n";
    }

    private static Stream<String> faults(FileReview finding) {
        String path = Markdown.visible(finding.path(), LONGEST_LINE);
        List<ReviewComment> faults =
                finding.remarks().stream().filter(ReviewComment::isFault).toList();
        return (faults.isEmpty() ? Stream.of(ReviewComment.fault("cannot be used")) : faults.stream())
                .map(fault -> path + ": " + place(fault) + Markdown.visible(fault.message(), LONGEST_LINE));
    }

    /** The place in the file, unless the fault is about all of it. */
    private static String place(ReviewComment fault) {
        return fault.firstLine() > 0 ? "line " + fault.firstLine() + ": " : "";
    }

    /** Adds the meanings that fit, and says how many did not. */
    private static String addMeanings(List<String> descriptions, BoundedText text) {
        int shown = 0;
        if (!descriptions.isEmpty() && text.add("\n### What this change means\n\n")) {
            while (shown < descriptions.size() && text.add(descriptions.get(shown) + "\n")) {
                shown++;
            }
        }
        return shown == descriptions.size() ? "" : "\n… and " + (descriptions.size() - shown) + " more files.\n";
    }
}
