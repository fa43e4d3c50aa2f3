package dev.octosts.app.command.policy;

/** Reports the findings, file by file. */
interface Report {

    default void begin() {}

    void file(Checked checked);

    default void end(Tally tally) {}
}
