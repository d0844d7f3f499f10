// Tables as many programs write them.

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TempDir;

// "run tag: step=value step=value" a series; "!path: message" a problem.
std::vector<std::string> Lines(const model::Experiment& experiment) {
  std::vector<std::string> lines;
  for (const model::Run& run : experiment.runs) {
    for (const model::Series& series : run.series) {
      std::string line = absl::StrCat(run.name, " ", series.tag, ":");
      for (size_t i = 0; i < series.size(); ++i) {
        absl::StrAppend(&line, " ", series.steps[i], "=", series.values[i]);
        if (!series.axis_values.empty()) absl::StrAppend(&line, "@", series.axis_values[i]);
      }
      lines.push_back(line);
    }
  }
  for (const Problem& problem : experiment.problems) {
    lines.push_back(absl::StrCat(IsDamage(problem.kind) ? "!" : "?", problem.message));
  }
  return lines;
}

class TableTest : public ::testing::Test {
 protected:
  model::Experiment ReadPath(const std::string& path, std::string_view format) {
    const auto found = Detect(path);
    EXPECT_TRUE(found.ok()) << found.status();
    if (!found.ok()) return {};
    EXPECT_EQ((*found)->id, format);
    auto experiment = (*found)->read(path, {});
    EXPECT_TRUE(experiment.ok()) << experiment.status();
    if (!experiment.ok()) return {};
    const auto broken = model::Validate(*experiment);
    EXPECT_FALSE(broken.has_value()) << *broken;
    return *std::move(experiment);
  }
  // Detects and reads a file of that name and contents.
  model::Experiment Read(const std::string& name, const std::string& text,
                         std::string_view format) {
    return ReadPath(dir_.Write(name, text), format);
  }
  std::string Undetected(const std::string& name, const std::string& text) {
    const auto found = Detect(dir_.Write(name, text));
    return found.ok() ? std::string((*found)->id) : "none";
  }

  TempDir dir_;
};

TEST_F(TableTest, ReadsKerasEpochs) {
  const auto experiment =
      Read("log.csv", "epoch,loss,val_loss\n0,2.5,NA\n1,nan,1e-3\n0,2,3\n", "keras-csv");
  EXPECT_THAT(Lines(experiment), ElementsAre(". loss: 0=2.5 1=nan 0=2", ". val_loss: 1=0.001 0=3"));
  EXPECT_THAT(experiment.runs[0].restarts, ElementsAre(0));
}

TEST_F(TableTest, ReadsLightningRowsAndHparams) {
  dir_.Write("version_0/hparams.yaml",
             "lr: 0.001\nname: \"12\"\namp: true\nopt:\n  betas: [0.9, 0.99]\n");
  dir_.Write("version_0/metrics.csv",
             "epoch,step,train_loss,val_loss\n0,9,0.5,\n0,9,,0.6\n1,19,0.4,\n");
  const auto experiment = ReadPath(dir_.path(), "lightning-csv");
  EXPECT_THAT(Lines(experiment),
              ElementsAre("version_0 epoch: 9=0 9=0 19=1", "version_0 train_loss: 9=0.5 19=0.4",
                          "version_0 val_loss: 9=0.6"));
  const auto& params = experiment.runs[0].params;
  ASSERT_EQ(params.size(), 4u);
  EXPECT_EQ(params[0].value, model::ParamValue(0.001));
  EXPECT_EQ(params[1].value, model::ParamValue(std::string("12")));
  EXPECT_EQ(params[2].value, model::ParamValue(true));
  EXPECT_EQ(params[3].name, "opt/betas");
  EXPECT_EQ(params[3].value, model::ParamValue(std::string("[0.9, 0.99]")));
}

TEST_F(TableTest, ReadsPaddedUltralyticsTables) {
  const auto experiment = Read("results.csv",
                               "      epoch,      time,   train/box_loss,  metrics/mAP50(B)\n"
                               "          1,       3.5,              1.5,             0.25\n",
                               "ultralytics-csv");
  EXPECT_THAT(Lines(experiment),
              ElementsAre(". train/box_loss: 1=1.5", ". metrics/mAP50(B): 1=0.25"));
  EXPECT_EQ(experiment.runs[0].series[0].wall_times[0], 3.5);
}

TEST_F(TableTest, ReadsWandbHistories) {
  const auto experiment =
      Read("history.csv", "loss,_step,_timestamp,note\n0.5,3,1700000000.25,a cat\n,4,1700000001,\n",
           "wandb-export");
  EXPECT_THAT(Lines(experiment),
              ElementsAre(". loss: 3=0.5", "?column note holds text, which is left out"));
  EXPECT_EQ(experiment.runs[0].series[0].wall_times[0], 1700000000.25);
}

TEST_F(TableTest, ReadsWandbHistoriesAsJson) {
  const auto lines = Read("history.jsonl",
                          "{\"_step\": 0, \"loss\": NaN, \"a\": {\"b\": 2}}\n"
                          "{\"_step\": 9007199254740993, \"loss\": Infinity}\n",
                          "wandb-export");
  EXPECT_THAT(Lines(lines), ElementsAre(". loss: 0=nan 9007199254740993=inf", ". a.b: 0=2"));
  const auto array =
      Read("history.json", "[\n {\"_step\": 0, \"loss\": 1},\n {\"_step\": 1, \"loss\": 2}\n]",
           "wandb-export");
  EXPECT_THAT(Lines(array), ElementsAre(". loss: 0=1 1=2"));
}

TEST_F(TableTest, ReadsPanelsOfSeveralRuns) {
  const auto over_steps =
      Read("panel.csv",
           "\"Step\",\"a - b - loss\",\"a - b - loss__MIN\",\"a - b - loss__MAX\",\"c - _step\"\n"
           "\"0\",\"1.5\",\"1\",\"2\",\"0\"\n\"10\",\"\",\"\",\"\",\"10\"\n",
           "wandb-export");
  EXPECT_THAT(Lines(over_steps), ElementsAre("a - b loss: 0=1.5"));
  const auto over_epochs =
      Read("epochs.csv", "epoch,a - loss,a - loss__MIN,a - loss__MAX\n0.5,1,1,1\n1,2,2,2\n",
           "wandb-export");
  EXPECT_THAT(Lines(over_epochs), ElementsAre("a loss: 0=1@0.5 1=2@1"));
}

TEST_F(TableTest, LeavesListsOfRunsAlone) {
  EXPECT_EQ(Undetected("runs.csv", "Name,State,_step,loss\na,finished,10,0.5\nb,failed,3,0.7\n"),
            "none");
  EXPECT_EQ(Undetected("iris.csv", "sepal,petal,species\n5.1,1.4,setosa\n4.9,1.4,setosa\n"),
            "none");
  EXPECT_EQ(Undetected("notes.txt", "Dear all,\nthe loss is large.\n"), "none");
  EXPECT_EQ(Undetected("summary.json", "{\"loss\": 0.5, \"_step\": 10}"), "none");
}

TEST_F(TableTest, ReadsTheLastStateOfATrainer) {
  const std::string early = R"({"global_step": 1, "log_history": [{"loss": 3.0, "step": 1}]})";
  const std::string late =
      R"({"best_metric": null, "global_step": 2, "max_steps": 2, "log_history": [
        {"loss": 3.0, "step": 1, "epoch": 0.5}, {"eval_loss": NaN, "step": 2},
        {"loss": "2.5", "step": 2}], "train_batch_size": 8, "trial_name": null})";
  dir_.Write("out/checkpoint-1/trainer_state.json", early);
  dir_.Write("out/checkpoint-2/trainer_state.json", late);
  const auto experiment = ReadPath(dir_.path(), "hf-trainer");
  EXPECT_THAT(Lines(experiment),
              ElementsAre("out loss: 1=3 2=2.5", "out epoch: 1=0.5", "out eval_loss: 2=nan"));
  ASSERT_EQ(experiment.runs[0].params.size(), 2u);
  EXPECT_EQ(experiment.runs[0].params[1].name, "train_batch_size");
}

TEST_F(TableTest, ReadsWhatTensorBoardOffersForDownload) {
  dir_.Write("run-train_a-tag-loss.csv",
             "Wall time,Step,Value\n1700000000.5,0,1.5\n1700000001,1,NaN\n");
  dir_.Write("run-train_a-tag-acc.json", "[[1700000000.5, 0, 0.25], [1700000001.5, 1, \"NaN\"]]");
  const auto experiment = ReadPath(dir_.path(), "tensorboard-csv");
  EXPECT_THAT(Lines(experiment),
              ElementsAre("train_a acc: 0=0.25 1=nan", "train_a loss: 0=1.5 1=nan"));
}

TEST_F(TableTest, ReadsDvclive) {
  dir_.Write("dvclive/plots/metrics/train/loss.tsv",
             "timestamp\tstep\tloss\n1700000000500\t0\t0.9\n");
  dir_.Write("dvclive/plots/metrics/acc.tsv", "step\tacc\n0\t0.5\n1\t0.75\n");
  dir_.Write("dvclive/params.yaml", "lr: 0.1\n");
  const auto experiment = ReadPath(dir_.path(), "dvclive");
  EXPECT_THAT(Lines(experiment),
              ElementsAre("dvclive acc: 0=0.5 1=0.75", "dvclive train/loss: 0=0.9"));
  EXPECT_EQ(experiment.runs[0].series[1].wall_times[0], 1700000000.5);
  EXPECT_EQ(experiment.runs[0].params.size(), 1u);
}

TEST_F(TableTest, ReadsLongTables) {
  const auto experiment =
      Read("points.tsv", "metric\tstep\trun\tvalue\nloss\t0\ta\t1\nloss\t0\tb\t2\nloss\t1\ta\tx\n",
           "csv");
  EXPECT_THAT(Lines(experiment),
              ElementsAre("a loss: 0=1", "b loss: 0=2",
                          "!column value: 1 cell is no number, the first in line 4: \"x\""));
}

TEST_F(TableTest, ReadsAnyTableOfMetrics) {
  EXPECT_THAT(Lines(Read("a.csv", "iter;train loss;lr\n0;1,5;0.1\n10;0.5;0.1\n", "csv-wide")),
              ElementsAre(". lr: 0=0.1 10=0.1", ". train loss: 10=0.5",
                          "!column train loss: 1 cell is no number, the first in line 2: \"1,5\""));
  EXPECT_THAT(Lines(Read("b.csv", "loss,accuracy\n1,0.5\n0.5,0.75\n", "csv-wide")),
              ElementsAre(". loss: 0=1 1=0.5", ". accuracy: 0=0.5 1=0.75"));
  EXPECT_THAT(Lines(Read("c.csv", "epoch,loss,loss\n0.5,1,2\n1,3,4\n", "keras-csv")),
              ElementsAre(". loss: 0=1@0.5 1=3@1", ". loss.1: 0=2@0.5 1=4@1"));
  EXPECT_THAT(Lines(Read("d.csv", "step,loss\n0,1\n1,2\nstep,loss\n2,3\n,4\n", "csv-wide")),
              ElementsAre(". loss: 0=1 1=2 2=3",
                          "!column step: 1 cell is no number, the first in line 6: \"\""));
}

TEST_F(TableTest, ReadsJsonLines) {
  EXPECT_THAT(Lines(Read("metrics.json",
                         "{\"iteration\": 19, \"total_loss\": 2.5, \"data\": [1]}\n"
                         "{\"iteration\": 39, \"total_loss\": NaN}\nnot json\n",
                         "jsonl")),
              ElementsAre(". total_loss: 19=2.5 39=nan",
                          HasSubstr("!1 row is no JSON object, the first in line 3")));
  EXPECT_THAT(Lines(Read("points.jsonl",
                         "{\"run\": \"a\", \"tag\": \"x\", \"step\": 1, \"value\": -0.0}\n"
                         "{\"run\": \"a\", \"tag\": \"x\", \"step\": 2, \"value\": \"Infinity\"}\n",
                         "jsonl")),
              ElementsAre("a x: 1=-0 2=inf"));
}

TEST_F(TableTest, SaysWhichTablesOfADirectoryAreLeftOut) {
  dir_.Write("a/log.csv", "epoch,loss\n0,1\n1,2\n");
  dir_.Write("a/sub/metrics.csv", "epoch,step,loss\n0,1,1\n");
  EXPECT_THAT(Lines(ReadPath(dir_.path(), "keras-csv")),
              ElementsAre("a/log loss: 0=1 1=2", HasSubstr("?1 table of another kind here")));
}

TEST_F(TableTest, BoundsWhatAHeaderMayAskFor) {
  std::string header = "step";
  for (int i = 0; i < 300000; ++i) header += ",a";
  const std::string path = dir_.Write("wide.csv", header + "\n1,2\n");
  const auto read = FindFormat("csv-wide")->read(path, {});
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("more than 100000 cells"));
}

TEST_F(TableTest, TakesDeepJsonForNoRow) {
  const std::string deep(100000, '[');
  const auto read = FindFormat("jsonl")->read(
      dir_.Write("deep.jsonl", "{\"step\": 0, \"loss\": 1, \"x\": " + deep + "}\n"), {});
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(Lines(*read), ElementsAre(HasSubstr("!1 row is no JSON object")));
  std::string objects = "{\"step\": 0, \"loss\": 1, \"x\": ";
  for (int i = 0; i < 500; ++i) objects += "{\"y\":";
  objects += "1" + std::string(501, '}') + "\n";
  const auto nested = FindFormat("jsonl")->read(dir_.Write("nested.jsonl", objects), {});
  ASSERT_TRUE(nested.ok());
  EXPECT_THAT(Lines(*nested), ElementsAre(". loss: 0=1"));
}

// Whatever bytes there are: no crash, and what comes out keeps the model's promises.
TEST_F(TableTest, SurvivesDamageOfAnyKind) {
  const std::map<std::string, std::string> samples = {
      {"csv", "run,tag,step,wall_time,value\n\"a \"\"b\"\"\",x,1,2.5,3\na,x,2,2.5,NaN\n"},
      {"csv-wide", "step,loss,acc\n0,1.5,0.5\n1,,0.75\n"},
      {"wandb-export", "{\"_step\": 0, \"a\": {\"b\": NaN}}\n{\"_step\": 1, \"c\": \"t\"}\n"},
      {"hf-trainer", "{\"a\": 1, \"log_history\": [{\"step\": 1, \"loss\": 2}], \"b\": \"c\"}"},
      {"tensorboard-csv", "[[1.5, 0, 2], [2.5, 1, \"NaN\"]]"},
      {"dvclive", "timestamp\tstep\tloss\n1700000000500\t0\t0.9\n"}};
  for (const auto& [id, sample] : samples) {
    const Format* format = FindFormat(id);
    const auto check = [&](const std::string& bytes) {
      const std::string path = dir_.Write("damaged", bytes);
      (void)Detect(path);
      const auto read = format->read(path, {});
      if (!read.ok()) return;
      EXPECT_EQ(model::Validate(*read), std::nullopt) << id << ": " << bytes;
    };
    for (size_t i = 0; i < sample.size(); ++i) {
      check(sample.substr(0, i));
      for (int bit = 0; bit < 8; ++bit) {
        std::string flipped = sample;
        flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
        check(flipped);
      }
    }
  }
}

}  // namespace
}  // namespace telltale::formats
