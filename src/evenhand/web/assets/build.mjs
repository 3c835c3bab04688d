// Builds src/evenhand/web/static/build from the sources beside this file and from npm packages.
// Run with the Node of the virtual environment, after `npm ci`:
//   .venv/bin/node src/evenhand/web/assets/build.mjs

import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compileAsync } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../../../..");
const modules = join(project, "node_modules");
const target = resolve(here, "../static/build");
// A page served while the build runs finds the old files or the new ones, never half of them.
const draft = `${target}.new`;
// The documents' fonts are read by us and sent to nobody: they lie apart from what is served.
const typefaces = resolve(here, "../fonts");

async function styles() {
  const { css } = await compileAsync(join(here, "scss/evenhand.scss"), {
    // MoJ Frontend names its own imports from the project, we name ours from the packages.
    loadPaths: [modules, project],
    quietDeps: true,
    style: "compressed",
  });
  await writeFile(join(draft, "evenhand.css"), css);
}

async function scripts() {
  await build({
    entryPoints: [join(here, "js/evenhand.js")],
    nodePaths: [modules],
    bundle: true,
    minify: true,
    target: "es2020",
    legalComments: "linked",
    logLevel: "warning",
    outfile: join(draft, "evenhand.js"),
  });
}

async function fonts() {
  const source = join(modules, "@fontsource-variable/source-sans-3");
  await cp(join(source, "files"), join(draft, "files"), { recursive: true });
  await cp(join(source, "LICENSE"), join(draft, "files/LICENSE"));
}

async function fontsOfDocuments() {
  const source = join(modules, "@expo-google-fonts/noto-sans-sc");
  const coming = `${typefaces}.new`;
  await rm(coming, { recursive: true, force: true });
  await mkdir(coming, { recursive: true });
  for (const cut of ["400Regular", "700Bold"]) {
    const name = `NotoSansSC_${cut}.ttf`;
    await cp(join(source, cut, name), join(coming, name));
  }
  await cp(join(source, "LICENSE_FONT"), join(coming, "LICENSE"));
  await rm(typefaces, { recursive: true, force: true });
  await rename(coming, typefaces);
}

await rm(draft, { recursive: true, force: true });
await mkdir(draft, { recursive: true });
await Promise.all([styles(), scripts(), fonts(), fontsOfDocuments()]);
await rm(target, { recursive: true, force: true });
await rename(draft, target);
