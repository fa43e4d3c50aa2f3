package dev.octosts.policy.repository;

import java.util.List;
import java.util.stream.Stream;

/** The purpose of a file. Its repository and its name decide it. */
public sealed interface FileKind permits PolicyKind, GovernanceKind {

    /** Every kind: policies first. */
    static List<FileKind> all() {
        return Stream.<FileKind[]>of(PolicyKind.values(), GovernanceKind.values())
                .flatMap(Stream::of)
                .toList();
    }

    /** Its name in reports. */
    String title();
}
