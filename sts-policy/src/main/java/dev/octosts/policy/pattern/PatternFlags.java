package dev.octosts.policy.pattern;

/**
 * The flags that {@code (?ims)} switches on. {@code U}, which swaps greedy and lazy, makes no difference to whether a
 * value matches.
 */
record PatternFlags(boolean foldCase, boolean multiLine, boolean dotMatchesNewline) {
    static final PatternFlags NONE = new PatternFlags(false, false, false);

    PatternFlags with(int flag, boolean on) {
        return switch (flag) {
            case 'i' -> new PatternFlags(on, multiLine, dotMatchesNewline);
            case 'm' -> new PatternFlags(foldCase, on, dotMatchesNewline);
            case 's' -> new PatternFlags(foldCase, multiLine, on);
            default -> this;
        };
    }
}
