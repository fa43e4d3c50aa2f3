package dev.octosts.api;

import java.util.Map;

/** The headers of pages for browsers. */
public final class PageHeaders {

    /**
     * A page loads nothing from other origins, sends nothing to them, turns no text into markup, and no site may frame
     * it.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    private static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-cache", // may be kept, and is asked for each time
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY");

    private PageHeaders() {}

    /** The headers that keep a page to itself, by name. */
    public static Map<String, String> all() {
        return ALL;
    }
}
