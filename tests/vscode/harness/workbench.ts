import { mkdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import type { CodeServer } from './code-server.ts';
import { screenshotFolder } from './paths.ts';

/** How long a person would wait at most, with room for a slow machine. */
const limit = 60_000;
/** The same for a window that opens: a server that has just been started reads all of VS Code for it. */
const openingLimit = 120_000;

/** Runs in the page. */
const recordNotifications = `{
  window.aegisNotifications = new Set();
  const read = () => {
    for (const message of document.querySelectorAll('.notification-list-item-message'))
      window.aegisNotifications.add(message.innerText);
  };
  new MutationObserver(read).observe(document.body, { subtree: true, childList: true, characterData: true });
}`;

/** Whether the names above the text of the editor begin with those of the path; runs in the page. */
const shows = (path: string): string => `
  [...document.querySelectorAll('.editor-group-container.active .monaco-breadcrumb-item')]
    .map((item) => item.innerText.trim())
    .slice(0, ${path.split('/').length})
    .join('/') === ${JSON.stringify(path)}`;

/** What the page knows and these sources do not. */
declare const getComputedStyle: (element: unknown, part: string) => { readonly content: string };

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One window of VS Code, as a person sees and uses it. Every method waits for what it names, and throws after 60 s. */
export class Workbench {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a folder, with a file in it when one is given (an absolute path). */
  static async open(
    browser: Browser,
    server: CodeServer,
    folder: string,
    file?: string,
    theme: 'light' | 'dark' = 'light',
  ): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
    page.setDefaultTimeout(limit);
    const address = server.page(folder, file === undefined ? [] : [['openFile', server.remote(file)]]);
    await page.goto(address, { waitUntil: 'commit', timeout: openingLimit });
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: openingLimit });
    const workbench = new Workbench(page);
    if (file !== undefined) await workbench.tab(basename(file)).waitFor();
    return workbench;
  }

  /** The tab of an open editor, by the file's name. */
  tab(fileName: string): Locator {
    return this.page.locator(`.tab[data-resource-name="${fileName}"]`);
  }

  /** The editor that has the focus, or the last that had it. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').last();
  }

  /** A line that the editor shows, by a part of its text. */
  line(text: string): Locator {
    return this.editor
      .locator('.view-line')
      .filter({ hasText: asDrawn(text) })
      .first();
  }

  /** Opens a file by its path, absolute or relative to the workspace folder, as Ctrl+P does. */
  async openFile(path: string): Promise<void> {
    const end = Date.now() + limit;
    // The list grows while it is searched: the row that is clicked may by then be that of a file of the same name.
    for (;;) {
      await this.quickInput('Control+P', path);
      const rows = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: basename(path) });
      const folder = dirname(path);
      const row =
        isAbsolute(path) || folder === '.'
          ? rows
          : rows.filter({ has: this.page.locator('.label-description').getByText(folder, { exact: true }) });
      await row.first().click();
      await this.page.locator(`.tab.active[data-resource-name="${basename(path)}"]`).waitFor();
      try {
        if (!isAbsolute(path)) await this.page.waitForFunction(shows(path), undefined, { timeout: 5_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  /**
   * Opens the quick input by its key and types into it. A window that is still loading may take the focus away, which
   * closes the input: it is then opened again.
   */
  private async quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    const end = Date.now() + limit;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 3_000 });
        await this.page.locator('.quick-input-widget').waitFor({ timeout: 1_000 });
        if ((await input.inputValue({ timeout: 1_000 })) === text) return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await this.page.keyboard.press('Escape');
    }
  }

  /** Runs a command from the palette by its whole title, for example "AEGIS: Preflight Change". */
  async runCommand(title: string): Promise<void> {
    await this.searchCommand(title);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /** Types into the palette. @returns the titles that it offers, once it offers any */
  async searchCommand(text: string): Promise<readonly string[]> {
    await this.quickInput('F1', `>${text}`);
    const titles = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await titles.filter({ hasText: text }).first().waitFor();
    return await titles.allInnerTexts();
  }

  /** Chooses an entry of the list that a command shows. */
  async pick(entry: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: entry }).first().click();
  }

  /** Types an answer into the input that a command shows, and presses Enter. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type=text]');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Chooses a folder in VS Code's own file dialog, and presses its button. */
  async chooseFolder(path: string, button: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget:visible');
    const input = dialog.locator('input[type=text]');
    // The dialog writes the folder that it begins at once it has read it, over whatever was typed before.
    do {
      await input.fill(`${path}/`);
      // The dialog has read the folder once it offers the way up and nothing of the folder before.
      await dialog.locator('.monaco-list-row').nth(1).waitFor({ state: 'detached' });
    } while ((await input.inputValue()) !== `${path}/`);
    await dialog.locator('.monaco-button', { hasText: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  async closePalette(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Puts the cursor on a line (1 is the first), which also scrolls it into view. */
  async goToLine(number: number): Promise<void> {
    await this.quickInput('Control+G', `:${number}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Replaces a whole line of the editor that has the focus (1 is the first). */
  async replaceLine(number: number, text: string): Promise<void> {
    await this.goToLine(number);
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
  }

  /** Saves the file in the editor that has the focus, and waits until it is no longer marked as changed. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /** The underlining of a finding in the editor. */
  async squiggle(severity: Severity): Promise<Locator> {
    const squiggle = this.editor.locator(`.squiggly-${severity}`).first();
    await squiggle.waitFor({ state: 'attached' });
    return squiggle;
  }

  /**
   * Opens the menu of the light bulb at the cursor, once it offers an entry with the text.
   * @returns the entries that the menu then has, by their texts
   */
  async lightBulb(title: string): Promise<(text: string) => Locator> {
    // An entry with more to choose from has a menu of the same class beside it, which is not shown.
    const menu = this.page.locator('.action-widget:visible').first();
    const entry = (text: string): Locator => menu.locator('.monaco-list-row').filter({ hasText: text }).first();
    const end = Date.now() + limit;
    // The menu holds what was known when it was opened: while findings are still being read it is opened again.
    for (;;) {
      await this.page.keyboard.press('Control+.');
      try {
        await entry(title).waitFor({ timeout: 3_000 });
        return entry;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      await this.page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    }
  }

  /** The code lens that stands above a line, by a part of its text. */
  codeLens(text: string | RegExp): Locator {
    return this.editor.locator('.codelens-decoration a').filter({ hasText: text }).first();
  }

  /** Opens the Problems panel. @returns the text of its rows, once it has any */
  async problems(): Promise<readonly string[]> {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    if (!(await this.page.locator('.markers-panel').isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** Closes the panel below the editors. */
  async closePanel(): Promise<void> {
    await this.page.keyboard.press('Control+J');
    await this.page.locator('.part.panel').waitFor({ state: 'hidden' });
  }

  /** Waits for a notification that contains the text. @returns the notification, with its buttons */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast .notification-list-item').filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Presses a button of a notification. */
  async notificationAction(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.notification(text);
    await toast.locator('.monaco-button', { hasText: button }).click();
  }

  /** The texts of all notifications that are shown. */
  async notifications(): Promise<readonly string[]> {
    return await this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Keeps every text that notifications show from now on, also of those that are soon gone. @returns what reads them */
  async recordNotifications(): Promise<() => Promise<readonly string[]>> {
    await this.page.evaluate(recordNotifications);
    return async () => (await this.page.evaluate('[...window.aegisNotifications]')) as readonly string[];
  }

  /** Opens a view container by its title in the activity bar. */
  async openView(title: string): Promise<void> {
    const action = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`[aria-label^="${title}"]`),
    });
    await action.first().click();
  }

  /** A row of a tree view in the side bar, by a part of its text. */
  async treeItem(text: string | RegExp): Promise<Locator> {
    const row = this.page.locator('.sidebar .monaco-list-row').filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Points at a word in the editor. @returns the text of the hover */
  async hover(word: string): Promise<string> {
    const target = this.editor.locator('.view-line span span').filter({ hasText: word }).first();
    const hover = this.page.locator('.monaco-hover:visible').first();
    await target.hover();
    await hover.waitFor();
    return await hover.innerText();
  }

  /** Waits for a status-bar entry that contains the text. @returns its whole text */
  async statusBar(text: string | RegExp): Promise<string> {
    const item = this.page.locator('.statusbar .statusbar-item').filter({ hasText: text }).first();
    await item.waitFor();
    return (await item.innerText()).trim();
  }

  /** Waits until the panel shows the tab with the title ("Output", "Problems", ...). */
  async panel(title: string): Promise<void> {
    await this.page.locator('.part.panel .composite-bar .action-item.checked').filter({ hasText: title }).waitFor();
  }

  /** The two sides of the diff editor that has the focus. */
  async diffEditor(): Promise<{ readonly before: Locator; readonly after: Locator }> {
    const diff = this.page.locator('.editor-group-container.active .monaco-diff-editor').first();
    await diff.waitFor();
    return { before: diff.locator('.editor.original'), after: diff.locator('.editor.modified') };
  }

  /** Puts the focus into the editor, wherever it was. */
  async focusEditor(): Promise<void> {
    await this.runCommand('View: Focus Active Editor Group');
    await this.editor.and(this.page.locator('.focused')).waitFor();
  }

  /** Chooses a colour theme by its name. Where the window follows the system the theme goes with the next change of that. */
  async useTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    // The list is longer than what is drawn of it.
    await this.page.locator('.quick-input-widget:visible input[placeholder*="Color Theme"]').fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Closes every editor; none of them may hold an edit that is not saved. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.locator('.tab').first().waitFor({ state: 'detached' });
  }

  /** The document inside the web view that is shown. */
  get webView(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Keeps a picture of the window in .test-output/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshotFolder, { recursive: true });
    await this.page.screenshot({ path: join(screenshotFolder, `${name}.png`), animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

/** A text as the editor draws it: with no-break spaces. */
export function asDrawn(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \\u00a0]'));
}
