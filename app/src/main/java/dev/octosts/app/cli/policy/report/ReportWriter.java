package dev.octosts.app.cli.policy.report;

/** Reports the findings, file by file. */
public interface ReportWriter {

    default void begin() {}

    void file(CheckedFile checked);

    default void end(ReportCounts counts) {}
}
