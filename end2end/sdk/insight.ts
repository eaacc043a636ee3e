/** Whether the simulator answers LINE's insight API, so that the SDKs are to ask for it. */
export const INSIGHT = true;
