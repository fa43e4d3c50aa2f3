package dev.octosts.probers.smoke;

import dev.octosts.probers.smoke.SmokeSuite.Expectation;
import dev.octosts.probers.smoke.SmokeSuite.Read;
import dev.octosts.probers.smoke.SmokeSuite.Test;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a file of smoke tests. All faults are reported at once, each with its line. */
public final class SmokeFile {

    /** The limit in characters. */
    public static final int LIMIT = 1024 * 1024;

    private static final int MOST_TESTS = 1_000;
    private static final int MOST_EXCHANGES = 100;
    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 50;

    private final List<String> faults = new ArrayList<>();

    /** The result of reading a file. */
    public sealed interface Outcome {

        /** The tests can be run. */
        record Sound(SmokeSuite suite) implements Outcome {}

        /**
         * The tests cannot be run.
         *
         * @param faults every reason, each with its line
         */
        record Faulty(List<String> faults) implements Outcome {

            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    private SmokeFile() {}

    /** Reads the text of a file, which may have {@link #LIMIT} characters. */
    public static Outcome read(String text) {
        return new SmokeFile().outcome(text);
    }

    private Outcome outcome(String text) {
        if (text.length() > LIMIT) {
            return new Outcome.Faulty(List.of("the file has more than " + LIMIT + " characters"));
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(LIMIT);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            var root = new Yaml(options).compose(new StringReader(text));
            var suite = suite(root);
            return faults.isEmpty() ? new Outcome.Sound(suite) : new Outcome.Faulty(faults);
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            return new Outcome.Faulty(List.of(
                    (mark == null ? "" : "line " + (mark.getLine() + 1) + ": ") + "not YAML: " + broken.getProblem()));
        } catch (YAMLException broken) {
            return new Outcome.Faulty(List.of("not YAML: " + broken.getMessage()));
        }
    }

    private SmokeSuite suite(Node root) {
        var keys = mapping(root, "the file", Set.of("domain", "tests"));
        var domain = text(keys, "domain", root, "the file").orElse("");
        if (!domain.isEmpty() && !domain.matches("[A-Za-z0-9._:\\[\\]-]{1,255}")) {
            fault(root, "domain: this is not a host name; give it without https:// and without a path");
        }
        var tests = new ArrayList<Test>();
        switch (keys.get("tests")) {
            case SequenceNode list
            when list.getValue().size() > MOST_TESTS -> fault(list, "tests: there are more than " + MOST_TESTS);
            case SequenceNode list -> list.getValue().forEach(node -> tests.add(test(node)));
            case null, default -> {} // reported below
        }
        if (tests.isEmpty()) {
            fault(root, "tests: there are none; give a list");
        }
        return new SmokeSuite(domain, tests);
    }

    private Test test(Node node) {
        var keys = mapping(
                node,
                "a test",
                Set.of("name", "scope", "identity", "expect_failure", "expected_error", "sticky_repeat", "verify"));
        return new Test(
                text(keys, "name", node, "a test").orElse(""),
                text(keys, "scope", node, "a test").orElse(""),
                text(keys, "identity", node, "a test").orElse(""),
                expectation(keys, node));
    }

    private Expectation expectation(Map<String, Node> keys, Node test) {
        int sticky = number(keys, "sticky_repeat");
        boolean refused = flag(keys, "expect_failure");
        var error = keys.containsKey("expected_error")
                ? scalar(keys, "expected_error").filter(part -> !part.isEmpty())
                : Optional.<String>empty();
        var reads = reads(keys);
        if (sticky > 0) {
            if (sticky == 1 || sticky > MOST_EXCHANGES) {
                fault(test, "sticky_repeat: give 2 to " + MOST_EXCHANGES + ": one exchange proves nothing");
            }
            return new Expectation.Sticky(sticky);
        }
        return refused ? new Expectation.Refused(error) : new Expectation.Granted(reads);
    }

    private List<Read> reads(Map<String, Node> keys) {
        var node = keys.get("verify");
        if (node == null || isNull(node)) {
            return List.of();
        }
        var verify = mapping(node, "verify", Set.of("contents_read", "issues_read", "pull_requests_read"));
        var reads = new ArrayList<Read>();
        for (var kind : new TreeSet<>(verify.keySet())) {
            var target = verify.get(kind);
            if (target == null || isNull(target)) {
                continue;
            }
            boolean contents = kind.equals("contents_read");
            var parts = mapping(target, kind, contents ? Set.of("org", "repo", "path") : Set.of("org", "repo"));
            var org = text(parts, "org", target, kind).orElse("");
            var repo = text(parts, "repo", target, kind).orElse("");
            reads.add(
                    switch (kind) {
                        case "contents_read" ->
                            new Read.Contents(
                                    org, repo, text(parts, "path", target, kind).orElse(""));
                        case "issues_read" -> new Read.Issues(org, repo);
                        default -> new Read.PullRequests(org, repo);
                    });
        }
        return reads;
    }

    private Map<String, Node> mapping(Node node, String what, Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + ": names with values are wanted here");
            return Map.of();
        }
        var keys = new HashMap<String, Node>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                fault(
                        tuple.getKeyNode(),
                        what + ": there is no '" + key + "'; there are " + String.join(", ", new TreeSet<>(known)));
            } else if (keys.put(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), what + ": '" + key + "' is there twice");
            }
        }
        return keys;
    }

    private Optional<String> text(Map<String, Node> keys, String key, Node where, String what) {
        var text = scalar(keys, key).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            fault(where, what + ": '" + key + "' is missing");
        }
        return text;
    }

    private Optional<String> scalar(Map<String, Node> keys, String key) {
        var node = keys.get(key);
        if (node == null || isNull(node)) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        fault(node, key + ": a text is wanted here");
        return Optional.empty();
    }

    private boolean flag(Map<String, Node> keys, String key) {
        return scalar(keys, key)
                .map(text -> switch (text) {
                    case "true", "True", "TRUE" -> true;
                    case "false", "False", "FALSE" -> false;
                    default -> {
                        fault(keys.get(key), key + ": give true or false");
                        yield false;
                    }
                })
                .orElse(false);
    }

    private int number(Map<String, Node> keys, String key) {
        return scalar(keys, key)
                .map(text -> {
                    if (text.matches("[0-9]{1,6}")) {
                        return Integer.parseInt(text);
                    }
                    fault(keys.get(key), key + ": give a number");
                    return 0;
                })
                .orElse(0);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private void fault(@Nullable Node node, String text) {
        var mark = node == null ? null : node.getStartMark();
        faults.add((mark == null ? "" : "line " + (mark.getLine() + 1) + ": ") + text);
    }
}
