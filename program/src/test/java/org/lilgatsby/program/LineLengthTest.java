package org.lilgatsby.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No line of a source or a document is longer than 120 characters. The formatter sees to Java, but breaks no text and
 * leaves the kernels alone; nothing else sees to the rest.
 *
 * <p>Exempt are rows of Markdown's tables, which cannot be broken, and files of data: what tests read, and what Maven
 * reads, whose arguments are one line.
 */
class LineLengthTest {
    private static final int MOST = 120;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> ENDINGS =
            Set.of("java", "template", "js", "mjs", "css", "html", "md", "py", "yaml", "yml", "sh");

    private static final Path TEST_DATA = Path.of("src", "test", "resources");

    @Test
    void noLineIsLongerThan120Characters() throws IOException {
        List<Path> files = sources();
        assertTrue(files.contains(ROOT.resolve("lilgatsby")), "scripts without an ending");
        assertTrue(files.contains(ROOT.resolve("docs/numerics.md")), "documents");
        assertTrue(files.contains(ROOT.resolve(".ci/run")), "folders with a dot");
        List<String> tooLong = new ArrayList<>();
        for (Path file : files) {
            tooLong.addAll(tooLong(file));
        }
        assertEquals("", String.join("\n", tooLong));
    }

    private static List<String> tooLong(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        boolean tables = file.toString().endsWith(".md");
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).codePointCount(0, lines.get(at).length()) > MOST)
                .filter(at -> !(tables && lines.get(at).startsWith("|")))
                .mapToObj(at -> "%s:%d".formatted(ROOT.relativize(file), at + 1))
                .toList();
    }

    /** Names of folders that nobody writes: Git's own, and what it ignores. */
    private static Set<String> others() throws IOException {
        return Stream.concat(
                        Stream.of(".git"),
                        Files.readAllLines(ROOT.resolve(".gitignore")).stream()
                                .filter(pattern -> pattern.endsWith("/"))
                                .map(pattern -> pattern.replace("/", "")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<Path> sources() throws IOException {
        Set<String> others = others();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean other = others.contains(folder.getFileName().toString()) || folder.endsWith(TEST_DATA);
                return other ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && isSource(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Whether it has one of the endings, or none and is a script. */
    private static boolean isSource(Path file) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot >= 0) {
            return ENDINGS.contains(name.substring(dot + 1));
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().orElse("").startsWith("#!");
        }
    }
}
