import { defineConfig, transformWithEsbuild, type ESBuildOptions, type Plugin } from "vite";

// Bytes beyond ASCII would depend on what the page declares.
const script: ESBuildOptions = { charset: "ascii", legalComments: "none" };

// Of a library Vite leaves the white space, for those who bundle it again. Nobody does, and the browser has to read it
// before the tab is there.
function dense(): Plugin {
  return {
    name: "dense",
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const { code } = await transformWithEsbuild(file.code, file.fileName, { ...script, minify: true, format: "esm", target: "es2022", sourcemap: false });
        file.code = code;
      }
    },
  };
}

// The module also stands inside a <script> of the page that `telltale report` writes. There the text
// of a string must not end the script or open a comment; both spellings mean the same to JavaScript.
function inlinable(): Plugin {
  return {
    name: "inlinable",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        file.code = file.code.replaceAll(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\x21--");
      }
    },
  };
}

export default defineConfig({
  build: {
    outDir: "../telltale_tensorboard/static",
    emptyOutDir: true,
    target: "es2022",
    minify: "esbuild",
    lib: { entry: "src/index.ts", formats: ["es"], fileName: () => "index.js" },
  },
  // Libraries leave out what only their developers want to hear.
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  esbuild: script,
  plugins: [dense(), inlinable()],
  test: { environment: "jsdom", setupFiles: ["tests/setup.ts"] },
} as Parameters<typeof defineConfig>[0]);
