package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.loss.SteadyCallers.Account;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what callers got, what GitHub minted for them, and what is on record.
 *
 * @param handedOut the digests of the tokens that callers have read in full
 * @param revoked each token that was minted for a caller by its digest, and whether GitHub has revoked it
 * @param granted the digests in records of granted exchanges, one for each record
 * @param withheld the digests in records of tokens that were minted and not handed out
 */
record LossLedger(List<String> handedOut, Map<String, Boolean> revoked, List<String> granted, Set<String> withheld) {

    /** What records are read with: the digest of a granted token, or that of one that was withheld. */
    static final String RECORDS = "SELECT outcome, token_sha256, COALESCE(data::json->>'minted_token_sha256', '')"
            + " FROM audit_records WHERE kind = 'exchange'";

    /** @param rows of {@link #RECORDS}, with columns separated by {@code |} */
    static LossLedger of(Account account, List<InstallationToken> minted, List<String> rows) {
        var columns = rows.stream().map(row -> row.split("\\|", -1)).toList();
        return new LossLedger(
                account.handedOut(),
                minted.stream()
                        .collect(Collectors.toMap(
                                token -> SteadyCallers.sha256(token.value()), InstallationToken::revoked)),
                columns.stream()
                        .filter(row -> row[0].equals("granted"))
                        .map(row -> row[1])
                        .toList(),
                columns.stream()
                        .map(row -> row[2])
                        .filter(sha -> !sha.isEmpty())
                        .collect(Collectors.toSet()));
    }

    /** Tokens that callers have, and that no record knows. */
    long missing() {
        var known = Set.copyOf(granted);
        return handedOut.stream().filter(sha -> !known.contains(sha)).count();
    }

    /** Records of tokens that no caller got: the answer was lost, or came too late. */
    long extra() {
        var got = Set.copyOf(handedOut);
        return granted.stream().filter(sha -> !got.contains(sha)).count();
    }

    /** Records of grants that are there twice, or of tokens that GitHub did not mint. */
    long invented() {
        var seen = new HashSet<String>();
        return granted.stream()
                .filter(sha -> !seen.add(sha) || !revoked.containsKey(sha))
                .count();
    }

    /** Tokens that callers have, and that the service has revoked behind their backs. */
    long broken() {
        return handedOut.stream()
                .filter(sha -> revoked.getOrDefault(sha, false))
                .count();
    }

    /** Tokens that GitHub minted, that no caller got, that no record names, and that are still valid. */
    long adrift() {
        var known = new HashSet<>(handedOut);
        known.addAll(granted);
        known.addAll(withheld);
        return revoked.entrySet().stream()
                .filter(token -> !token.getValue() && !known.contains(token.getKey()))
                .count();
    }
}
