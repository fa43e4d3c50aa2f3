package dev.octosts.app.command.policy;

/** How findings are told. */
enum Format {
    text,
    json,
    sarif,
    github
}
