package dev.octosts.app.cli.githubapp;

import dev.octosts.app.settings.SettingFault;
import dev.octosts.github.AppCredential;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.util.List;

/** Finds out whether an App's keys sign. */
final class KeyExamination {

    private KeyExamination() {}

    /** Signs with each key. */
    static List<Finding> of(AppCredential credential) {
        return credential.keys().stream()
                .map(key -> of("App " + credential.appId(), key))
                .toList();
    }

    private static Finding of(String about, SigningKey key) {
        var name = key.name();
        try {
            return Finding.good(
                    about,
                    name + " signs"
                            + KeyCheck.of(key)
                                    .fingerprint()
                                    .map(fingerprint -> ", and is " + fingerprint)
                                    .orElse("; its public key may not be read"));
        } catch (SigningException failed) {
            return Finding.bad(about, "cannot sign with " + name + ": " + failed.getMessage(), failed.advice());
        }
    }

    /** A variable that is wrong. */
    static Finding faulty(SettingFault fault) {
        return Finding.bad("configuration", fault.toString(), "the service does not start with it");
    }
}
