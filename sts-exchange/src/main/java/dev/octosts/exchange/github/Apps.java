package dev.octosts.exchange.github;

import java.util.List;
import java.util.Optional;

/** The Apps that this service acts as. */
public interface Apps {

    /** Every App. */
    List<GitHubApp> apps();

    /**
     * The first App that may act for an owner; empty when none may.
     *
     * @param owner the account, in lower case
     */
    Optional<GitHubApp> first(String owner);
}
