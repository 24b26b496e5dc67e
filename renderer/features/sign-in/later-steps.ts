export { default as LaterStep } from './steps/LaterStep.vue';
export { default as StepNotices } from './steps/StepNotices.vue';
