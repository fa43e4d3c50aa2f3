package dev.octosts.policy.yaml;

import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/**
 * A YAML parser that stops at a file with more nodes than any policy has. A node takes a hundred times its text in
 * memory.
 */
final class BoundedParser implements Parser {
    private static final int MAX_EVENTS = 20_000;

    private final Parser parser;
    private int events;

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        if (++events > MAX_EVENTS) {
            throw new YAMLException("the file has more than %d keys, values and lists".formatted(MAX_EVENTS));
        }
        return parser.getEvent();
    }
}
