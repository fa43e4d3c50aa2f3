package dev.octosts.app.command.policy;

/** The formats of a report of findings. */
enum Format {
    text,
    json,
    sarif,
    github
}
