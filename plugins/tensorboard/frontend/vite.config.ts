import { defineConfig, type Plugin } from "vite";

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
  // Bytes beyond ASCII would depend on what the page declares.
  esbuild: { charset: "ascii", legalComments: "none" },
  plugins: [inlinable()],
  test: { environment: "jsdom" },
} as Parameters<typeof defineConfig>[0]);
