import { defineConfig, transformWithEsbuild, type ESBuildOptions, type Plugin } from "vite";

// Bytes beyond ASCII would depend on what the page declares.
const script: ESBuildOptions = { charset: "ascii", legalComments: "none" };

// Of a library Vite leaves the white space, for those who bundle it again. Nobody does, and the browser has to read it
// before the tab is there.
async function dense(code: string, name: string): Promise<string> {
  return (await transformWithEsbuild(code, name, { ...script, minify: true, format: "esm", target: "es2022", sourcemap: false })).code;
}

// The module also stands inside a <script> of the page that `telltale report` writes. There the text
// of a string must not end the script or open a comment; both spellings mean the same to JavaScript.
function inlinable(code: string): string {
  return code.replaceAll(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\x21--");
}

function finished(): Plugin {
  return {
    name: "finished",
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = inlinable(await dense(file.code, file.fileName));
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
  plugins: [finished()],
  test: { environment: "jsdom", setupFiles: ["tests/setup.ts"] },
} as Parameters<typeof defineConfig>[0]);
