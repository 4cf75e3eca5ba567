package org.lilgatsby.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the launcher in a project of empty files, with a JDK and a Maven that only print how they are called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String ECHO_ARGUMENTS = "for each in \"$@\"; do echo \"$each\"; done\n";

    @TempDir
    private Path folder;

    private Path project;
    private Path jdk;
    private Path jar;

    private record Result(int code, List<String> out, String err) {}

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectories(folder.resolve("a project"));
        Files.copy(Path.of("..", "lilgatsby"), project.resolve("lilgatsby"));
        project.resolve("lilgatsby").toFile().setExecutable(true);
        Files.createDirectories(project.resolve("lab/src/main"));
        Files.createDirectories(project.resolve("program/target"));
        Files.createDirectories(project.resolve("python"));
        Files.writeString(project.resolve("python/notebook.py"), "");
        Files.writeString(project.resolve("pom.xml"), "");
        Files.writeString(project.resolve("program/pom.xml"), "");
        jdk = jdk("jdk", "25.0.3", ECHO_ARGUMENTS + "exit 7\n");
        jar = Files.writeString(project.resolve("program/target/program-1.jar"), "");
    }

    @Test
    void passesFlagsArgumentsAndExitCodeThrough() throws Exception {
        Result result = launch(Map.of("LILGATSBY_JAVA_OPTS", "-Xmx1g -Dx=*"), "run", "two words", "*");
        assertEquals("", result.err());
        assertEquals(7, result.code());
        assertTrue(result.out().contains("--add-modules=jdk.incubator.vector"));
        assertTrue(result.out().contains("-Dlilgatsby.terminal=false"));
        List<String> end =
                result.out().subList(result.out().size() - 7, result.out().size());
        assertEquals(List.of("-Xmx1g", "-Dx=*", "-jar", jar.toString(), "run", "two words", "*"), end);
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("a project/lilgatsby"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);
        Result result = launch(second, Map.of(), "--help");
        assertEquals(7, result.code());
        assertTrue(result.out().contains(jar.toString()), result.out().toString());
    }

    @Test
    void usesTheArchiveThatTheJdkMade() throws Exception {
        jdk("jdk", "25.0.3", madeIfAsked() + ECHO_ARGUMENTS);
        Path archive = project.resolve("program/target/start-25.0.3.jsa");
        assertTrue(launch(Map.of()).out().contains("-XX:SharedArchiveFile=" + archive));
        assertEquals("archive\n", Files.readString(archive));
    }

    @Test
    void makesTheArchiveAgainWhenALibraryIsNewer() throws Exception {
        jdk("jdk", "25.0.3", madeIfAsked() + ECHO_ARGUMENTS);
        Path archive = project.resolve("program/target/start-25.0.3.jsa");
        launch(Map.of());
        Files.writeString(archive, "of before");
        assertTrue(launch(Map.of()).out().contains("-XX:SharedArchiveFile=" + archive));
        assertEquals("of before", Files.readString(archive));
        Path library = Files.writeString(
                Files.createDirectories(jar.resolveSibling("lib")).resolve("lab-1.jar"), "");
        Files.setLastModifiedTime(
                library, FileTime.fromMillis(Files.getLastModifiedTime(archive).toMillis() + 5000));
        launch(Map.of());
        assertEquals("archive\n", Files.readString(archive));
    }

    @Test
    void remembersThatAJdkMakesNoArchive() throws Exception {
        Path archive = project.resolve("program/target/start-25.0.3.jsa");
        assertFalse(launch(Map.of()).out().toString().contains("SharedArchiveFile"));
        assertEquals(0, Files.size(archive));
    }

    @Test
    void buildsWhenASourceIsNewer() throws Exception {
        Path by = folder.resolve("by.txt");
        Path maven = script(folder.resolve("bin/mvn"), "echo \"$JAVA_HOME\" > " + by + "; echo 'of no interest'\n");
        Path source = Files.writeString(project.resolve("lab/src/main/A.java"), "");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() + 5000));
        Result result = launch(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")));
        assertEquals("lilgatsby: building, since it is new or its sources have changed\n", result.err());
        assertEquals(jdk + "\n", Files.readString(by));
        assertEquals(7, result.code());
    }

    @Test
    void loadsSparkForASweepOnACluster() throws Exception {
        Path spark = Files.writeString(
                Files.createDirectories(project.resolve("spark/target")).resolve("spark-1.jar"), "");
        Result result = launch(Map.of(), "sweep", "some", "--on", "spark://host:7077");
        assertEquals("", result.err());
        List<String> expected = List.of(
                "@" + project.resolve("spark/java.options"),
                "-cp",
                jar + ":" + spark + ":" + project.resolve("spark/target/home/jars/*"),
                "org.lilgatsby.cli.Main",
                "sweep",
                "some",
                "--on",
                "spark://host:7077");
        List<String> out = result.out();
        assertEquals(expected, out.subList(out.size() - expected.size(), out.size()));
        assertFalse(launch(Map.of(), "run", "--on-nan", "stop").out().contains("-cp"));
    }

    @Test
    void buildsTheModuleForClustersWhenItIsFirstNeeded() throws Exception {
        Path by = folder.resolve("by.txt");
        Path built = project.resolve("spark/target/spark-1.jar");
        Path maven = script(
                folder.resolve("bin/mvn"),
                "echo \"$*\" >> " + by + "; mkdir -p '" + built.getParent() + "'; : > '" + built + "'\n");
        Map<String, String> environment = Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        launch(environment, "sweep", "--on=local[2]");
        assertTrue(Files.readString(by).contains("-pl program,spark -am"), Files.readString(by));
        launch(environment, "sweep", "--on=local[2]");
        launch(environment, "sweep");
        assertEquals(1, Files.readAllLines(by).size());
    }

    @Test
    void saysThatTheBuildFailed() throws Exception {
        Files.delete(jar);
        Path maven = script(folder.resolve("bin/mvn"), "echo 'a compile error'; exit 1\n");
        Result result = launch(Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH")));
        assertEquals(
                "lilgatsby: building, since it is new or its sources have changed\na compile error\n"
                        + "lilgatsby: the build failed; its messages are above\n",
                result.err());
        assertEquals(1, result.code());
    }

    @Test
    void passesOverAnOlderJdk() throws Exception {
        Path older = jdk("older", "17.0.15", "echo older\n");
        Result result =
                launch(Map.of("JAVA_HOME", older.toString(), "PATH", jdk.resolve("bin") + ":" + System.getenv("PATH")));
        assertEquals(7, result.code(), result.err());
    }

    @Test
    void saysWhatToInstall() throws Exception {
        Path launcher = project.resolve("lilgatsby");
        Files.writeString(launcher, Files.readString(launcher).replace("needed=25", "needed=1000"));
        Result result = launch(Map.of());
        assertEquals(
                "lilgatsby: no JDK 1000 or later found in JAVA_HOME, PATH or the usual folders; "
                        + "install one, such as Temurin 1000 from https://adoptium.net, or set JAVA_HOME\n",
                result.err());
        assertEquals(1, result.code());
    }

    private Path jdk(String name, String version, String java) throws IOException {
        Path home = folder.resolve(name);
        script(home.resolve("bin/java"), java);
        script(home.resolve("bin/javac"), "");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X=Y\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        return home;
    }

    /** What a JDK does that creates the archive as requested. */
    private static String madeIfAsked() {
        return "case \"$*\" in *-Xshare:dump*) echo archive > \"$(echo \"$*\" | sed "
                + "'s/.*SharedArchiveFile=//; s/ -jar.*//')\";; esac\n";
    }

    private static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Result launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return launch(project.resolve("lilgatsby"), environment, arguments);
    }

    private Result launch(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("LILGATSBY_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Result(process.waitFor(), Files.readAllLines(out), Files.readString(err));
    }
}
