import { start } from "./index.ts";

const { settings } = __AFTERWORD__;

start((locale) => import(/* @vite-ignore */ `${settings.origin}/w/${settings.site}.survey.js?lang=${locale}`));
