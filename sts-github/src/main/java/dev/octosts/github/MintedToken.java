package dev.octosts.github;

import dev.octosts.api.InstallationToken;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A token as GitHub minted it, with the facts that show whether it may be handed out.
 *
 * @param token the token
 * @param permissions what it can do; empty when GitHub did not say
 * @param repositories bare names of the repositories it is limited to; empty when GitHub named none
 * @param owners logins of the accounts that own the repositories that GitHub named, an empty text for one without
 * @param coversAll whether GitHub said that it is for all repositories of the account
 */
public record MintedToken(
        InstallationToken token,
        Optional<Map<String, String>> permissions,
        Optional<List<String>> repositories,
        List<String> owners,
        boolean coversAll) {

    private static final List<String> LEVELS = List.of("read", "write", "admin");

    /**
     * Whether the token can do no more than was requested. An answer that does not say so is never within a request.
     *
     * @param request the requested token
     */
    boolean isWithin(TokenRequest request) {
        return permissions
                        .filter(granted -> permissionsWithin(granted, request.permissions()))
                        .isPresent()
                && (request.repositories().isEmpty()
                        || repositories
                                .filter(granted -> repositoriesWithin(granted, request.repositories()))
                                .isPresent());
    }

    /**
     * Whether the token is for an account that has this name at the moment of the mint. An installation keeps its id
     * when its account is renamed, and then the old name may be another account's. An answer to a request for certain
     * repositories has to name them; a token for all repositories comes without names.
     *
     * @param owner the account's login
     * @param request the requested token
     */
    boolean isOf(String owner, TokenRequest request) {
        return (request.repositories().isEmpty() || !owners.isEmpty())
                && owners.stream().allMatch(owner::equalsIgnoreCase);
    }

    private static boolean permissionsWithin(Map<String, String> granted, Map<String, String> asked) {
        for (var permission : granted.entrySet()) {
            int level = LEVELS.indexOf(permission.getValue());
            // GitHub adds metadata: read to every token.
            String limit = permission.getKey().equals("metadata")
                    ? asked.getOrDefault("metadata", "read")
                    : asked.getOrDefault(permission.getKey(), "");
            if (level < 0 || level > LEVELS.indexOf(limit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean repositoriesWithin(List<String> granted, List<String> asked) {
        // GitHub takes an empty list for every repository of the installation.
        if (granted.isEmpty()) {
            return false;
        }
        if (granted.size() == 1 && asked.size() == 1) {
            return granted.getFirst()
                    .toLowerCase(Locale.ROOT)
                    .equals(asked.getFirst().toLowerCase(Locale.ROOT));
        }
        Set<String> names =
                asked.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return granted.stream().allMatch(name -> names.contains(name.toLowerCase(Locale.ROOT)));
    }
}
