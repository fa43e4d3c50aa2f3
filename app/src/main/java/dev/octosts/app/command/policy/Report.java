package dev.octosts.app.command.policy;

/** Tells what was found, file by file. */
interface Report {

    default void begin() {}

    void file(Checked checked);

    default void end(Tally tally) {}
}
