import { describe, expect, it } from 'vitest';
import { openTestDatabase, createTestFolder } from '../testing/test-database.ts';
import { createMailQueue } from './mail-queue.ts';
import { createOutbox, type Outbox } from './outbox.ts';

const mail = (subject: string) => ({ to: 'mara@example.com', subject, text: 'x' });

function setUp() {
  const { database } = openTestDatabase();
  const outbox = createOutbox(createTestFolder(), { now: () => 0 });
  const reported: unknown[] = [];
  const queueTo = (send: Outbox['send']) =>
    createMailQueue(database, { ...outbox, send }, (_reference, cause) => void reported.push(cause));
  const sent = () =>
    outbox
      .list()
      .map(({ subject }) => subject)
      .reverse();
  return { database, outbox, queue: queueTo(outbox.send), queueTo, sent, reported };
}

describe('W5 mail queue', () => {
  it('sends each mail once, oldest first, and keeps none', () => {
    const { database, queue, sent } = setUp();
    for (const subject of ['first', 'second']) queue.add(mail(subject));
    expect(sent()).toEqual([]);
    for (let count = 0; count < 2; count += 1) queue.deliver();
    expect(sent()).toEqual(['first', 'second']);
    expect(database.all('SELECT * FROM mails_due')).toEqual([]);
  });

  it('keeps no mail of a change that was taken back', () => {
    const { database, queue, sent } = setUp();
    expect(() => {
      database.transaction(() => {
        queue.add(mail('of nothing'));
        throw new Error('taken back');
      });
    }).toThrow('taken back');
    queue.deliver();
    expect(sent()).toEqual([]);
  });

  it('keeps what cannot be sent, says so, and holds nothing else up', () => {
    const { outbox, queue, queueTo, sent, reported } = setUp();
    const full = new Error('disk full');
    const failing = queueTo((each, id) => {
      if (each.subject === 'first') throw full;
      outbox.send(each, id);
    });
    for (const subject of ['first', 'second']) failing.add(mail(subject));
    failing.deliver();
    expect([sent(), reported]).toEqual([['second'], [full]]);
    queue.deliver();
    expect(sent()).toEqual(['second', 'first']);
  });

  it('sends nothing twice that was sent right before the server ended', () => {
    const { outbox, queue, queueTo, sent } = setUp();
    const ending = queueTo((each, id) => {
      outbox.send(each, id);
      throw new Error('ended');
    });
    ending.add(mail('once'));
    ending.deliver();
    expect(sent()).toEqual(['once']);
    queue.deliver();
    expect(sent()).toEqual(['once']);
  });
});
