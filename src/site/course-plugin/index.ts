/** A Docusaurus plugin: reads exercises/ at build time, gives each exercise a page and every page the course's index. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HtmlTagObject, LoadContext, Plugin } from '@docusaurus/types';
import { loadCourse } from '../../course/load.ts';
import type { Course, Exercise, Topic } from '../../course/schema.ts';
import type { CourseIndex, ExerciseData } from '../exercise-data.ts';
import { exerciseDataFile } from './data-file.ts';
import { readFolder } from './read-folder.ts';
import { renderMarkdown } from './render-markdown.ts';

export interface CourseOptions {
  /** In a package: the exercises that it is made for. Only they are part of it, and they have no pages of their own. */
  readonly only?: readonly string[];
}

export default function coursePlugin({ siteDir, baseUrl }: LoadContext, { only }: CourseOptions): Plugin<Course> {
  return {
    name: 'course',

    getPathsToWatch: () => [join(siteDir, 'exercises/**/*.{json,md,py,txt}')],

    async loadContent() {
      const course = loadCourse(readFolder(join(siteDir, 'exercises')));
      return only ? reduced(course, only) : course;
    },

    async contentLoaded({ content, actions }) {
      for (const topic of content.topics) {
        for (const exercise of topic.exercises) {
          const data = JSON.stringify(dataOf(exercise, topic, baseUrl));
          const file = await actions.createData(exerciseDataFile(exercise.slug), data);
          if (only) continue;
          actions.addRoute({
            path: `${baseUrl}exercises/${exercise.slug}`,
            component: '@site/src/site/exercise-page.tsx',
            modules: { exercise: file },
            exact: true,
          });
        }
      }
      actions.setGlobalData(indexOf(content));
    },

    injectHtmlTags: () => ({ headTags: enginePreloads(siteDir, baseUrl) }),

    configureWebpack(_config, isServer, { currentBundler }) {
      if (isServer) return {};
      const { ContextReplacementPlugin } = currentBundler.instance;
      const plugins = only ? [new ContextReplacementPlugin(/[\\/]exercises$/, suitesOf(only))] : [];
      // Docusaurus joins all CSS into one file that blocks every page's first paint. Monaco's and xterm's stay out of
      // it: they come with their own lazy chunks.
      const styles = { test: /^(?!.*node_modules[\\/](monaco-editor|@xterm)[\\/])/ };
      return { plugins, optimization: { splitChunks: { cacheGroups: { styles } } } };
    },
  };
}

function reduced({ topics }: Course, only: readonly string[]): Course {
  const kept = topics.map((topic) => ({
    ...topic,
    exercises: topic.exercises.filter(({ slug }) => only.includes(slug)),
  }));
  return { topics: kept.filter(({ exercises }) => exercises.length > 0) };
}

/** What suites.ts may load of exercises/. */
function suitesOf(slugs: readonly string[]): RegExp {
  return new RegExp(`^\\./(${slugs.join('|')})/tests\\.ts$`);
}

/** The module that is the page's engine: see worker/page-engine.ts. */
const CLIENT = 'client.js';

/** Every page starts to fetch the engine with its own first bytes, long before React asks for it. */
function enginePreloads(siteDir: string, baseUrl: string): HtmlTagObject[] {
  const stamp = join(siteDir, 'static/engine/version.json');
  const { version, sizes } = JSON.parse(readFileSync(stamp, 'utf8')) as EngineStamp;
  const files = Object.keys(sizes).filter((name) => name !== CLIENT);
  const hrefs = ['version.json', ...files.map((name) => `${name}?v=${version}`)];
  const client = { tagName: 'script', attributes: { type: 'module', async: true, src: `${baseUrl}engine/${CLIENT}` } };
  const preloads = hrefs.map((href) => ({
    tagName: 'link',
    attributes: {
      rel: 'preload',
      as: 'fetch',
      crossorigin: 'anonymous',
      href: `${baseUrl}engine/${href}`,
    },
  }));
  return [client, ...preloads];
}

/** What buildEngine writes beside the engine's files. */
interface EngineStamp {
  readonly version: string;
  readonly sizes: Readonly<Record<string, number>>;
}

function dataOf(exercise: Exercise, topic: Topic, baseUrl: string): ExerciseData {
  const { slug, title, kind, concepts, starter, support, world } = exercise;
  return {
    slug,
    topic: topic.slug,
    topicTitle: topic.title,
    title,
    kind,
    concepts,
    taskHtml: renderMarkdown(exercise.task, baseUrl),
    hintsHtml: exercise.hints.map((hint) => renderMarkdown(hint, baseUrl)),
    starter,
    support,
    ...(world && { world }),
  };
}

function indexOf(course: Course): CourseIndex {
  return {
    topics: course.topics.map(({ slug, title, exercises }) => ({
      slug,
      title,
      exercises: exercises.map((exercise) => ({ slug: exercise.slug, title: exercise.title, kind: exercise.kind })),
    })),
  };
}
