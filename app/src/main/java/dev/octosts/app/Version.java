package dev.octosts.app;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into this module. */
final class Version implements IVersionProvider {

    Version() {}

    static String text() {
        var descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? "unpackaged" : descriptor.rawVersion().orElse("unpackaged");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"octo-sts " + text()};
    }
}
