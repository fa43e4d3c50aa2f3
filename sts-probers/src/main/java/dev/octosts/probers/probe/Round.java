package dev.octosts.probers.probe;

import java.util.List;

/** A group of checks that belong together and share one budget of HTTP calls. */
public enum Round {
    /** The customer gets the promised permissions and no others. */
    POSITIVE("positive"),
    /** Every caller without a right to a token is refused. */
    NEGATIVE("negative"),
    /** This workload is a stranger that the policy does not trust: its own, valid token must be refused. */
    STRANGER("stranger");

    private final String text;

    Round(String text) {
        this.text = text;
    }

    /** The checks, in the order of the report. */
    public List<ProbeCheck> checks() {
        return switch (this) {
            case POSITIVE ->
                List.of(
                        ProbeCheck.IDENTITY_TOKEN,
                        ProbeCheck.EXCHANGE,
                        ProbeCheck.EXPIRY,
                        ProbeCheck.CONTENTS_READ,
                        ProbeCheck.ISSUES_READ,
                        ProbeCheck.ISSUE_REFUSED,
                        ProbeCheck.OTHER_REPOSITORY,
                        ProbeCheck.UNKNOWN_IDENTITY,
                        ProbeCheck.REVOCATION,
                        ProbeCheck.DEAD,
                        ProbeCheck.SPEED);
            case NEGATIVE ->
                List.of(
                        ProbeCheck.IDENTITY_TOKEN,
                        ProbeCheck.NO_TOKEN,
                        ProbeCheck.TAMPERED_SIGNATURE,
                        ProbeCheck.ALG_NONE,
                        ProbeCheck.EXPIRED_TOKEN,
                        ProbeCheck.WRONG_AUDIENCE,
                        ProbeCheck.OTHER_IDENTITY,
                        ProbeCheck.SPEED);
            case STRANGER -> List.of(ProbeCheck.IDENTITY_TOKEN, ProbeCheck.STRANGER);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
