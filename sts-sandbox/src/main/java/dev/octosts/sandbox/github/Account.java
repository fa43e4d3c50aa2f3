package dev.octosts.sandbox.github;

/** An organization or a user. Logins are compared without regard to case. */
public record Account(long id, String login, Type type) {
    public enum Type {
        ORGANIZATION("Organization"),
        USER("User");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    boolean named(String name) {
        return login.equalsIgnoreCase(name);
    }
}
