package dev.octosts.app.cli.policy.report;

/** The formats of a report of findings. */
public enum Format {
    text,
    json,
    sarif,
    github
}
