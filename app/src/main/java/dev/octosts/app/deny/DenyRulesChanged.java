package dev.octosts.app.deny;

/** Somebody has changed the deny rules in the database. */
public record DenyRulesChanged() {}
