package dev.octosts.webhook.review.report;

import dev.octosts.webhook.review.report.FileReview.Comment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes in Markdown the result of a review: its first fault in the first line, all faults, the meaning of the change.
 */
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
     * Everything that can make a review fail.
     *
     * @param reviews of the files, in path order
     * @param ofTheFolder faults that are of no file, one line each
     */
    public record Inspection(List<FileReview> reviews, List<String> ofTheFolder) {

        public Inspection {
            reviews = List.copyOf(reviews);
            ofTheFolder = List.copyOf(ofTheFolder);
        }

        /** Whether the review passes. */
        public boolean passes() {
            return ofTheFolder.isEmpty() && reviews.stream().noneMatch(FileReview::isFaulty);
        }

        /** A line for each fault: those of the folder, then those of the files in path order. */
        private List<String> faults() {
            return Stream.concat(ofTheFolder.stream(), ofTheFiles()).toList();
        }

        /** What to correct first: a fault of a file, because its author can do something about it. */
        private Optional<String> decisive() {
            return Stream.concat(ofTheFiles(), ofTheFolder.stream()).findFirst();
        }

        private Stream<String> ofTheFiles() {
            return reviews.stream().filter(FileReview::isFaulty).flatMap(Summary::faultsOf);
        }

        private String result() {
            long faulty = reviews.stream().filter(FileReview::isFaulty).count();
            if (faulty > 0) {
                return "%d of %d files do not pass.\n".formatted(faulty, reviews.size());
            }
            if (!ofTheFolder.isEmpty()) {
                return "The review is not complete, and so it does not pass.\n";
            }
            return switch (reviews.size()) {
                case 0 -> "No policy is touched.\n";
                case 1 -> "The file is valid.\n";
                default -> "All " + reviews.size() + " files are valid.\n";
            };
        }
    }

    /**
     * The summary.
     *
     * @param inspection of the files and of the folder
     * @param notes about what was reviewed, in Markdown
     * @param descriptions the meaning of each file, in Markdown
     */
    public static String of(Inspection inspection, List<String> notes, List<String> descriptions) {
        var text = new BoundedText(LONGEST - ROOM_FOR_THE_END);
        List<FileReview> reviews = inspection.reviews();
        List<String> faults = inspection.faults();
        inspection.decisive().ifPresent(fault -> text.add(Markdown.code(fault, LONGEST_LINE) + "\n\n"));
        text.add(inspection.result());
        if (faults.size() > 1) {
            text.add("\n" + block(faults));
        }
        notes.forEach(note -> text.add("\n" + note + "\n"));
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

    private static String block(List<String> all) {
        var shown = new ArrayList<String>();
        var limit = new BoundedText(LONGEST_OF_FAULTS);
        all.stream().takeWhile(line -> limit.add(line + "\n")).forEach(shown::add);
        String block = Markdown.block(shown);
        return shown.size() == all.size()
                ? block
                : block + "\n… and " + (all.size() - shown.size()) + " more faults, each at its line.\n";
    }

    private static Stream<String> faultsOf(FileReview review) {
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
