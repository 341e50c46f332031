import { Loader, Table, Text } from '@mantine/core';
import type { EngineInfo } from '../../contract/engine-info.ts';
import { useActivity } from '../state/activity.ts';
import classes from './AboutPosemend.module.css';

/** Version, models, library, licence and where the data came from. */
export function AboutPosemend() {
  const info = useActivity((state) => state.engineInfo);
  return (
    <div className={classes.about}>
      <Text size="sm" fw={600}>
        PoseMend {info?.version ?? ''}
      </Text>
      {info === null ? <EngineMissing /> : <EngineFacts info={info} />}
      <Text size="xs" mt="md">
        MIT licence. The data used in this project was obtained from mocap.cs.cmu.edu. The database was
        created with funding from NSF EIA-0196217. No captured clip is part of the product: it ships trained
        weights and averages over many windows of several clips. The bundled sample is synthetic.
      </Text>
    </div>
  );
}

function EngineMissing() {
  const state = useActivity(({ engine }) => engine);
  if (state === 'lost') {
    return <Text size="xs">The engine does not answer. Start PoseMend again to see its models.</Text>;
  }
  return (
    <Text size="xs" component="div">
      <Loader size="xs" mr="xs" />
      Waiting for the engine
    </Text>
  );
}

function EngineFacts({ info }: { readonly info: EngineInfo }) {
  const { models, defaultModel, library, libraryProblem, devices } = info;
  return (
    <>
      <Table fz="xs" mt="sm" verticalSpacing={3} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>Version</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map(({ name, title, kind, version, problem }) => (
            <Table.Tr key={name}>
              <Table.Td>
                {title}
                {name === defaultModel ? ' (default)' : ''}
                {problem === undefined ? '' : ` – cannot be used: ${problem}`}
              </Table.Td>
              <Table.Td>{kind}</Table.Td>
              <Table.Td>{version}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" mt="sm">
        Reference library:{' '}
        {library === null
          ? (libraryProblem ?? 'none')
          : `${library.entries} windows; ${library.licences.join('; ')}; version ${library.version}`}
      </Text>
      <Text size="xs">Devices: {devices.filter((device) => device !== 'auto').join(', ')}</Text>
    </>
  );
}
