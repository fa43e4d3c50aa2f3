package dev.octosts.policy.pattern;

/**
 * The text between an opening parenthesis and the group's contents.
 *
 * @param opens false for {@code (?flags)}, which is complete in itself
 * @param name empty when the group has none
 * @param flags in force from here
 */
record PatternGroup(boolean opens, String name, Flags flags) {
    static PatternGroup read(PatternCursor cursor, Flags outside) throws PatternFault {
        int start = cursor.position();
        cursor.next();
        if (!cursor.skip("?")) {
            return new PatternGroup(true, "", outside);
        }
        refuseForeignSyntax(cursor, start);
        if (cursor.skip("P<") || cursor.skip("<")) {
            String name = cursor.until(">");
            if (name == null || name.isEmpty() || !name.chars().allMatch(PatternGroup::isNameCharacter)) {
                throw PatternFault.at(start, "a group's name consists of letters, digits and _ and ends with >");
            }
            return new PatternGroup(true, name, outside);
        }
        return flags(cursor, outside, start);
    }

    private static PatternGroup flags(PatternCursor cursor, Flags outside, int start) throws PatternFault {
        Flags flags = outside;
        boolean on = true;
        boolean complete = true;
        while (!cursor.atEnd()) {
            int flag = cursor.next();
            if ((flag == ':' || flag == ')') && complete) {
                return new PatternGroup(flag == ':', "", flags);
            }
            if (flag == '-' && on) {
                on = false;
                complete = false;
            } else if ("imsU".indexOf(flag) >= 0) {
                flags = flags.with(flag, on);
                complete = true;
            } else {
                break;
            }
        }
        throw PatternFault.at(start, "unknown kind of group; RE2 has (…), (?:…), (?P<name>…) and the flags i, m, s, U");
    }

    private static void refuseForeignSyntax(PatternCursor cursor, int start) throws PatternFault {
        if (cursor.at("=") || cursor.at("!") || cursor.at("<=") || cursor.at("<!")) {
            throw PatternFault.at(start, PatternFault.Kind.LOOK_AROUND, "look-ahead and look-behind are not supported");
        }
        if (cursor.at("P=")) {
            throw PatternFault.backReference(start);
        }
        if (cursor.at(">")) {
            throw PatternFault.at(start, "atomic groups are not supported");
        }
    }

    private static boolean isNameCharacter(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    }

    /**
     * The flags that {@code (?ims)} switches on. {@code U}, which swaps greedy and lazy, makes no difference to whether
     * a value matches.
     */
    record Flags(boolean foldCase, boolean multiLine, boolean dotMatchesNewline) {
        static final Flags NONE = new Flags(false, false, false);

        Flags with(int flag, boolean on) {
            return switch (flag) {
                case 'i' -> new Flags(on, multiLine, dotMatchesNewline);
                case 'm' -> new Flags(foldCase, on, dotMatchesNewline);
                case 's' -> new Flags(foldCase, multiLine, on);
                default -> this;
            };
        }
    }
}
