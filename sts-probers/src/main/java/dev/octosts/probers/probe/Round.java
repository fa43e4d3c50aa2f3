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
    public List<Check> checks() {
        return switch (this) {
            case POSITIVE ->
                List.of(
                        Check.IDENTITY_TOKEN,
                        Check.EXCHANGE,
                        Check.EXPIRY,
                        Check.CONTENTS_READ,
                        Check.ISSUES_READ,
                        Check.ISSUE_REFUSED,
                        Check.OTHER_REPOSITORY,
                        Check.UNKNOWN_IDENTITY,
                        Check.REVOCATION,
                        Check.DEAD,
                        Check.SPEED);
            case NEGATIVE ->
                List.of(
                        Check.IDENTITY_TOKEN,
                        Check.NO_TOKEN,
                        Check.TAMPERED_SIGNATURE,
                        Check.ALG_NONE,
                        Check.EXPIRED_TOKEN,
                        Check.WRONG_AUDIENCE,
                        Check.OTHER_IDENTITY,
                        Check.SPEED);
            case STRANGER -> List.of(Check.IDENTITY_TOKEN, Check.STRANGER);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
