package dev.octosts.webhook.review.report;

import dev.octosts.webhook.review.report.FileReview.Comment;
import java.nio.charset.StandardCharsets;
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
     * @param reviews of the files, in path order
     * @param descriptions the meaning of each file, in Markdown
     */
    public static String of(List<FileReview> reviews, List<String> descriptions) {
        var text = new BoundedText(LONGEST - ROOM_FOR_THE_END);
        List<FileReview> faulty = reviews.stream().filter(FileReview::isFaulty).toList();
        if (faulty.isEmpty()) {
            text.add(reviews.size() == 1 ? "The file is valid.\n" : "All " + reviews.size() + " files are valid.\n");
        } else {
            text.add("%d of %d files do not pass.\n\n".formatted(faulty.size(), reviews.size()));
            text.add(faults(faulty));
        }
        long warnings = reviews.stream()
                .flatMap(review -> review.comments().stream())
                .filter(comment -> !comment.isFault())
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

    private static Stream<String> faults(FileReview review) {
        String path = Markdown.visible(review.path(), LONGEST_LINE);
        List<Comment> faults =
                review.comments().stream().filter(Comment::isFault).toList();
        return (faults.isEmpty() ? Stream.of(Comment.fault("cannot be used")) : faults.stream())
                .map(fault -> path + ": " + line(fault) + Markdown.visible(fault.message(), LONGEST_LINE));
    }

    /** The line in the file, unless the fault is about all of it. */
    private static String line(Comment fault) {
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

    /** A text with a length limit. It never breaks off inside a part that was added. */
    static final class BoundedText {

        private final StringBuilder text = new StringBuilder();
        private int left;

        /** An empty text that may grow to so many bytes. */
        BoundedText(int bytes) {
            this.left = bytes;
        }

        /** Adds a part if it fits as a whole. */
        boolean add(String part) {
            int size = part.getBytes(StandardCharsets.UTF_8).length;
            if (size > left) {
                return false;
            }
            left -= size;
            text.append(part);
            return true;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
