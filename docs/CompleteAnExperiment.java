import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.laboratory.Laboratory;
import org.lilgatsby.laboratory.Outcome;
import org.lilgatsby.laboratory.ReportScope;
import org.lilgatsby.run.RunOptions;

/** Trains, records, analyses and seals a short run of 13.4a, and prints what became of its dead tokens. */
class CompleteAnExperiment {
    public static void main(String[] arguments) throws Exception {
        var corpora = new CorpusLoader(new CorpusCache(Path.of("books")));
        var options = new RunOptions("my study", KernelChoice.AUTO.create(), 1);
        var laboratory = new Laboratory(corpora, options, ReportScope.TEXT);
        var config = BuiltIn.load("float32-edition", List.of("training.steps=20", "training.batch=4"));
        if (laboratory.run(config, Path.of(arguments[0])) instanceof Outcome.Completed(var directory, var findings)) {
            var dead = findings.structure().end().dead();
            System.out.printf("%d dead tokens in %d black holes%n", dead.tokensInBlackHoles(), dead.blackHoles());
            System.out.println("read more in " + directory.reportText());
        }
    }
}
