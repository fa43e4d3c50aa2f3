package dev.octosts.webhook.payload;

import dev.octosts.policy.repository.GitHubNames;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The wanted members of a JSON object, with their path for messages. A null member counts as absent. */
final class Payload {

    /** A name in either of Git's hash functions, in full or cut. */
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{1,64}");

    private final String path;
    private final Map<String, Object> members;

    Payload(String path, Map<String, Object> members) {
        this.path = path;
        this.members = Map.copyOf(members);
    }

    /**
     * The wanted elements of an array.
     *
     * @param kept the first ones
     * @param count how many there were
     */
    record Items(List<Object> kept, int count) {

        static final Items NONE = new Items(List.of(), 0);

        Items {
            kept = List.copyOf(kept);
        }

        boolean isWhole() {
            return kept.size() == count;
        }

        List<Payload> objects() {
            return kept.stream().map(Payload.class::cast).toList();
        }

        List<String> texts() {
            return kept.stream().map(String.class::cast).toList();
        }
    }

    /** A text; empty when it is absent. */
    String text(String name) {
        return members.getOrDefault(name, "") instanceof String text ? text : "";
    }

    /** A text that must be there. */
    String neededText(String name) throws MalformedPayloadException {
        String text = text(name);
        if (text.isEmpty()) {
            throw missing(name);
        }
        return text;
    }

    /** The name of an account or a repository. It becomes part of addresses, of log lines and of keys. */
    String neededName(String name) throws MalformedPayloadException {
        String text = neededText(name);
        if (!GitHubNames.isName(text) || text.chars().allMatch(character -> character == '.')) {
            throw new MalformedPayloadException("the payload's \"" + pathOf(name) + "\" is not a name");
        }
        return text;
    }

    /** A commit; empty when it is absent. */
    String commit(String name) throws MalformedPayloadException {
        String text = text(name);
        if (!text.isEmpty() && !COMMIT.matcher(text).matches()) {
            throw new MalformedPayloadException("the payload's \"" + pathOf(name) + "\" is not a commit");
        }
        return text;
    }

    /** A commit that must be there. */
    String neededCommit(String name) throws MalformedPayloadException {
        String commit = commit(name);
        if (commit.isEmpty()) {
            throw missing(name);
        }
        return commit;
    }

    /** A number; 0 when it is absent. */
    long number(String name) {
        return members.getOrDefault(name, 0L) instanceof Long number ? number : 0;
    }

    /** A number that must be there. */
    long neededNumber(String name) throws MalformedPayloadException {
        if (!members.containsKey(name)) {
            throw missing(name);
        }
        return number(name);
    }

    /** Whether a flag is there and true. */
    boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** Whether a member is there. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** An object; one without members when it is absent. */
    Payload object(String name) {
        return members.get(name) instanceof Payload object ? object : new Payload(name, Map.of());
    }

    /** An object that must be there. */
    Payload neededObject(String name) throws MalformedPayloadException {
        if (!members.containsKey(name)) {
            throw missing(name);
        }
        return object(name);
    }

    /** A list; empty when it is absent. */
    Items list(String name) {
        return members.get(name) instanceof Items items ? items : Items.NONE;
    }

    private MalformedPayloadException missing(String name) {
        return new MalformedPayloadException("the payload has no \"" + pathOf(name) + "\"");
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
