/** The report's fonts: IBM Plex (SIL Open Font License 1.1), embedded as subsets, since PDF/A allows no other way. */

export interface ReportFonts {
  readonly sans: Uint8Array;
  readonly sansBold: Uint8Array;
  readonly sansItalic: Uint8Array;
  readonly mono: Uint8Array;
}

/** Where each font lies among the installed packages; a build copies them to `fonts/` beside its output. */
export const FONT_FILES: Readonly<Record<keyof ReportFonts, string>> = {
  sans: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  sansBold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  sansItalic: '@expo-google-fonts/ibm-plex-sans/400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf',
  mono: '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
};
