/**
 * Requests of a browser on this machine come in; those that come from the explorer's own page are answered.
 *
 * <p>The server is the core of Jetty 12.1, without servlets. The JDK's own {@code jdk.httpserver} has no timeout for a
 * reader that does not read but one for the whole process, set by a system property, which also ends server-sent
 * events; limits of headers and connections are such properties, too. Helidon SE would do as well, and brings more
 * libraries. Nothing is compressed, since nothing leaves this machine; nothing is cached by the browser, since a run
 * goes on.
 */
package org.lilgatsby.explorer.http;
