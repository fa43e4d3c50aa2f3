package dev.octosts.probers.smoke;

import java.util.List;
import java.util.Optional;

/**
 * A set of smoke tests and the service that they are for.
 *
 * @param domain the service's host, which is also the audience of identity tokens
 */
public record SmokeSuite(String domain, List<Test> tests) {

    public SmokeSuite {
        tests = List.copyOf(tests);
    }

    /** One test. */
    public record Test(String name, String scope, String identity, Expectation expectation) {}

    /** The expected result of a test. */
    public sealed interface Expectation {

        /**
         * The service issues a token, and the token can read all of these.
         *
         * @param reads the resources that it must be able to read
         */
        record Granted(List<Read> reads) implements Expectation {

            public Granted {
                reads = List.copyOf(reads);
            }
        }

        /**
         * The service issues no token.
         *
         * @param error a part of {@code rpc error: code = … desc = …}; empty for any error
         */
        record Refused(Optional<String> error) implements Expectation {}

        /**
         * Every token comes from the same App: each token updates the check run that the first one made.
         *
         * @param exchanges the number of exchanges, the first included; at least 2
         */
        record Sticky(int exchanges) implements Expectation {}
    }

    /** A resource that a token must be able to read. */
    public sealed interface Read {

        /** The key in the file that asks for it. */
        String name();

        String org();

        String repo();

        /** A file, or a folder. */
        record Contents(String org, String repo, String path) implements Read {
            @Override
            public String name() {
                return "contents_read";
            }
        }

        /** The list of issues. */
        record Issues(String org, String repo) implements Read {
            @Override
            public String name() {
                return "issues_read";
            }
        }

        /** The list of pull requests. */
        record PullRequests(String org, String repo) implements Read {
            @Override
            public String name() {
                return "pull_requests_read";
            }
        }
    }
}
