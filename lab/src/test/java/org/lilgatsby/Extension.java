package org.lilgatsby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What sections of docs/extending.md add, compiled, with their other files: what somebody would have in a jar of their
 * own. Nothing outside sees it.
 */
public final class Extension {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("^public (?:final )?(?:class|record) (\\w+)", Pattern.MULTILINE);
    private static final Pattern FILE =
            Pattern.compile("`(?:lab/src/main/resources/)?([\\w./-]+)`:\n\n```(?:text|yaml)\n(.*?)```", Pattern.DOTALL);

    private final Path folder;

    private Extension(Path folder) {
        this.folder = folder;
    }

    /**
     * Compiles the examples of some sections.
     *
     * @param empty folder for the files
     * @param headings of the sections, without their marks
     */
    public static Extension of(Path empty, String... headings) throws IOException {
        String document = Files.readString(Path.of("../docs/extending.md"));
        String sections =
                Stream.of(headings).map(heading -> section(heading, document)).collect(Collectors.joining("\n"));
        List<String> command = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all,-path",
                "-Werror",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                empty.toString()));
        for (String source :
                JAVA.matcher(sections).results().map(each -> each.group(1)).toList()) {
            MatchResult type = TYPE.matcher(source).results().findFirst().orElseThrow();
            command.add(Files.writeString(empty.resolve(type.group(1) + ".java"), source)
                    .toString());
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new)));
        for (MatchResult each : FILE.matcher(sections).results().toList()) {
            Path file = empty.resolve(each.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, each.group(2));
        }
        return new Extension(empty);
    }

    private static String section(String heading, String document) {
        int at = document.indexOf("\n## " + heading + "\n");
        assertTrue(at >= 0, "no section " + heading);
        int next = document.indexOf("\n## ", at + 1);
        return document.substring(at, next < 0 ? document.length() : next);
    }

    /**
     * Carries something out in a program that has this beside the laboratory: all classes are loaded anew, with what is
     * added behind them.
     *
     * @param what a public class whose constructor takes a folder, empty, to work in
     */
    public <T> T in(Class<? extends Callable<T>> what) throws Exception {
        List<URL> path = new ArrayList<>();
        String[] ours = System.getProperty("java.class.path").split(System.getProperty("path.separator"));
        for (Path each :
                Stream.concat(Stream.of(ours).map(Path::of), Stream.of(folder)).toList()) {
            path.add(each.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            @SuppressWarnings("unchecked")
            Callable<T> there = (Callable<T>) loader.loadClass(what.getName())
                    .getConstructor(Path.class)
                    .newInstance(Files.createDirectory(folder.resolve("work")));
            return there.call();
        }
    }
}
