package org.lilgatsby.cli;

import picocli.CommandLine.Command;

/** Groups the verbs for texts. */
@Command(
        name = "corpus",
        header = "Prepares, describes, fetches and tokenizes texts to train on.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisHeading = "%nUsage: ",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            CorpusPrepareVerb.class,
            CorpusInfoVerb.class,
            CorpusFetchVerb.class,
            CorpusTrainTokenizerVerb.class,
            CorpusTokenizeVerb.class
        })
final class CorpusVerb {}
