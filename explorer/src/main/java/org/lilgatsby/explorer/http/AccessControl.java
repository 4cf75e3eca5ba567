package org.lilgatsby.explorer.http;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Lets through what a page of this server asks for: the right Host (a name that was rebound to 127.0.0.1 is another
 * one), no other origin, GET or HEAD, and the access key, in the address or in a cookie, or a one-time code.
 */
public final class AccessControl extends Handler.Wrapper {
    /** The name of the access key in an address. */
    public static final String KEY = "key";

    /** The name of a one-time code in an address. */
    public static final String CODE = "code";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
                    + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Cache-Control",
            "no-store",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final AccessKey key;
    private final OneTimeCode code;

    public AccessControl(AccessKey key, OneTimeCode code, Handler next) {
        super(next);
        this.key = key;
        this.code = code;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
        int port = Request.getLocalPort(request);
        try {
            requireOwn(request, port);
            Fields query = Request.extractQueryParameters(request);
            String givenKey = query.getValue(KEY);
            String givenCode = query.getValue(CODE);
            boolean atRoot = Request.getPathInContext(request).equals("/");
            if (atRoot && (givenCode != null || givenKey != null && key.matches(givenKey))) {
                setCookie(response, port, givenCode == null ? key : code.accept(givenCode));
                callback.succeeded();
                return true;
            }
            requireKey(request, givenKey, cookie(port));
        } catch (Refusal refusal) {
            Replies.refuse(request, response, callback, refusal);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** The cookies of all ports of a host are one jar, so the name holds the port. */
    private static String cookie(int port) {
        return "lilgatsby-" + port;
    }

    private static void setCookie(Response response, int port, AccessKey as) {
        HttpCookie cookie = HttpCookie.build(cookie(port), as.text())
                .path("/")
                .httpOnly(true)
                .sameSite(HttpCookie.SameSite.STRICT)
                .build();
        Response.putCookie(response, cookie);
        response.setStatus(303);
        response.getHeaders().put(HttpHeader.LOCATION, "/");
    }

    private static void requireOwn(Request request, int port) {
        HttpFields headers = request.getHeaders();
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            throw new Refusal(405, "The explorer changes nothing: it answers only GET and HEAD.");
        }
        List<String> hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        String host = headers.get(HttpHeader.HOST);
        if (host == null || !hosts.contains(host)) {
            throw new Refusal(403, "This server is 127.0.0.1:%d and answers to no other name.".formatted(port));
        }
        String origin = headers.get(HttpHeader.ORIGIN);
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Refusal(403, "Requests from pages of another origin are refused.");
        }
        String site = headers.get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "Requests from another site are refused; paste the address into the browser.");
        }
    }

    private void requireKey(Request request, String given, String cookie) {
        boolean known = given != null
                ? key.matches(given)
                : Request.getCookies(request).stream()
                        .filter(each -> each.getName().equals(cookie))
                        .anyMatch(each -> key.matches(each.getValue()) || code.admits(each.getValue()));
        if (!known) {
            throw new Refusal(
                    401, "The access key is missing or wrong; use the address that lilgatsby explore printed.");
        }
    }
}
