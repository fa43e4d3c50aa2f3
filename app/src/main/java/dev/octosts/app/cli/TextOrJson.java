package dev.octosts.app.cli;

import picocli.CommandLine.Option;

/** The options of a command that answers either people or programs. */
public final class TextOrJson {

    /** The formats of an answer. */
    public enum Format {
        text,
        json
    }

    @Option(names = "--format", paramLabel = "text|json", description = "For people (the default), or for programs.")
    Format format = Format.text;

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Format.json : format;
    }

    public Format format() {
        return format;
    }
}
