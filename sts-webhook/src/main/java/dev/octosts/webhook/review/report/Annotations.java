package dev.octosts.webhook.review.report;

import dev.octosts.github.CheckRun;
import dev.octosts.github.CheckRun.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Turns remarks into the annotations that GitHub shows at the lines of files. */
public final class Annotations {

    /** GitHub takes fifty with a request, and no reader reads more than this. */
    private static final int MOST = 2_000;

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_MESSAGE = 4_000;

    private Annotations() {}

    /** The annotations of files that have none yet, faults first. Each list has as many as one request takes. */
    public static List<List<Annotation>> of(List<FileReview> findings, Set<String> annotated) {
        List<Annotation> all = findings.stream()
                .filter(finding -> !annotated.contains(finding.path()))
                .flatMap(finding -> finding.remarks().stream().map(remark -> annotation(finding, remark)))
                .sorted(Comparator.comparing(Annotation::level).reversed())
                .limit(MOST)
                .toList();
        var batches = new ArrayList<List<Annotation>>();
        for (int from = 0; from < all.size(); from += CheckRun.ANNOTATIONS_AT_A_TIME) {
            batches.add(all.subList(from, Math.min(all.size(), from + CheckRun.ANNOTATIONS_AT_A_TIME)));
        }
        return batches;
    }

    private static Annotation annotation(FileReview finding, ReviewComment remark) {
        return new Annotation(
                finding.path(),
                Math.max(1, remark.firstLine()),
                Math.max(1, remark.lastLine()),
                remark.level(),
                Markdown.visible(remark.title(), LONGEST_TITLE - 1),
                Markdown.visible(remark.message(), LONGEST_MESSAGE),
                remark.details());
    }
}
